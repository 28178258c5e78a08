"""The engine of transitions."""

import pytest

from nouvea_sst.lib.etats import EtatChoices
from nouvea_sst.lib.transitions import Table, TransitionRefusee, check_transition, next_states


class Porte(EtatChoices):
    """States of a door."""

    FERMEE = "fermee", "Fermée", "is-neutral", "circle"
    OUVERTE = "ouverte", "Ouverte", "is-done", "circle"
    VERROUILLEE = "verrouillee", "Verrouillée", "is-sealed", "circle"
    MUREE = "muree", "Murée", "is-late", "circle"


P = Porte
TABLE: Table = {
    P.FERMEE: frozenset({P.VERROUILLEE, P.OUVERTE}),
    P.OUVERTE: frozenset({P.OUVERTE, P.FERMEE}),
    P.VERROUILLEE: frozenset({P.FERMEE}),
    P.MUREE: frozenset(),
}


@pytest.mark.parametrize("de", P)
@pytest.mark.parametrize("vers", P)
def test_only_what_the_table_says_passes(de, vers):
    assert next_states(TABLE, de) == TABLE[de]
    if vers in TABLE[de]:
        check_transition(TABLE, de, vers, "Cette porte")
    else:
        with pytest.raises(TransitionRefusee):
            check_transition(TABLE, de, vers, "Cette porte")


def test_state_stored_as_text_finds_its_followers():
    assert next_states(TABLE, "verrouillee") == {P.FERMEE}


@pytest.mark.parametrize(
    "de, vers, phrase",
    [
        (
            P.FERMEE,
            P.MUREE,
            "Cette porte est dans l’état «\u202fFermée\u202f» et "
            "ne peut pas passer à «\u202fMurée\u202f»\u202f: "
            "seulement à «\u202fOuverte\u202f» ou «\u202fVerrouillée\u202f».",
        ),
        (
            P.MUREE,
            P.FERMEE,
            "Cette porte est dans l’état «\u202fMurée\u202f» et ne peut pas passer à «\u202fFermée\u202f», "
            "car cet état est définitif.",
        ),
        (P.MUREE, P.MUREE, "Cette porte est déjà dans l’état «\u202fMurée\u202f»."),
    ],
)
def test_refusal_says_what_is_possible(de, vers, phrase):
    with pytest.raises(TransitionRefusee) as refus:
        check_transition(TABLE, de, vers, "Cette porte")
    assert str(refus.value) == phrase
