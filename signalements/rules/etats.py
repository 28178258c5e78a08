"""Which state of a report or of an action may follow which."""

from collections.abc import Mapping
from typing import Any

from nouvea_sst.lib.etats import EtatChoices
from signalements.enums import EtatAction, EtatSignalement

S, A = EtatSignalement, EtatAction

SIGNALEMENT: Mapping[Any, frozenset[Any]] = {
    S.NOUVEAU: frozenset({S.QUALIFIE, S.REJETE}),
    S.QUALIFIE: frozenset({S.EN_TRAITEMENT, S.REJETE}),
    S.EN_TRAITEMENT: frozenset({S.MESURES_PRISES}),
    # Measures without effect: treated again.
    S.MESURES_PRISES: frozenset({S.CLOS, S.EN_TRAITEMENT}),
    S.CLOS: frozenset(),
    S.REJETE: frozenset(),
}

ACTION: Mapping[Any, frozenset[Any]] = {
    A.A_FAIRE: frozenset({A.EN_COURS, A.FAITE, A.ABANDONNEE}),
    A.EN_COURS: frozenset({A.FAITE, A.ABANDONNEE}),
    A.FAITE: frozenset(),
    A.ABANDONNEE: frozenset(),
}


class TransitionRefusee(Exception):
    """This state may not follow that one; the message says so in French."""


def next_states(table: Mapping[Any, frozenset[Any]], etat: str) -> frozenset[Any]:
    """Return the states that may follow this one."""
    return table[etat]


def check_transition(
    table: Mapping[Any, frozenset[Any]], etat: EtatChoices, cible: EtatChoices, sujet: str
) -> None:
    """Raise TransitionRefusee unless `cible` may follow `etat`; `sujet` reads « Ce signalement »."""
    if cible in table[etat]:
        return
    if cible == etat:
        raise TransitionRefusee(f"{sujet} est déjà dans l’état « {etat.label} ».")
    suite = " ou ".join(f"« {e.label} »" for e in type(etat) if e in table[etat])
    raise TransitionRefusee(
        f"{sujet} est dans l’état « {etat.label} » et ne peut pas passer à « {cible.label} »"
        + (f" : seulement à {suite}." if suite else ", car cet état est définitif.")
    )
