"""Which version of a rule may stand, and what is said before it is adopted."""

import datetime

import pytest

from visites.enums import Declencheur, Operateur
from visites.rules.regles import Regle
from visites.rules.versions import Version, find_holes, find_overlaps, refuse_version, warn_version, word_rule

D = datetime.date
JOUR = D(2026, 11, 24)


def rule(code="maladie", **champs):
    faits = {"decalage": 2, "date_effet": D(2027, 1, 1), "types": frozenset({71})} | champs
    return Regle(pk=1, code=code, motif_id=1, libelle=f"Règle {code}", **faits)


def refusals(regle, **faits):
    faits = {"jour": JOUR, "types_connus": {71}, "positions_connues": {"30"}} | faits
    return [champ for champ, _ in refuse_version(Version(regle, **faits))]


def illness(**champs):
    return rule(operateur="gt", seuil=30, operateur_fin="lt", seuil_fin=90, **champs)


def long_illness(operateur="gte", seuil=90):
    return rule("longue_maladie", operateur=operateur, seuil=seuil)


def test_a_sound_version_is_not_refused():
    assert refusals(illness()) == []
    assert refusals(rule("periodique", decalage=None)) == []
    assert refusals(illness(date_effet=JOUR)) == []


@pytest.mark.parametrize(
    "champs, fautif",
    [
        ({"operateur": "gt", "seuil": 90, "operateur_fin": "lt", "seuil_fin": 30}, "seuil_fin"),
        ({"operateur": "gt", "seuil": 90, "operateur_fin": "lte", "seuil_fin": 90}, "seuil_fin"),
        ({"operateur": "gt", "seuil": 30, "operateur_fin": "gte", "seuil_fin": 60}, "operateur_fin"),
        ({"operateur": "lt", "seuil": 0}, "seuil"),
        ({"operateur": "gt"}, "seuil"),
        ({"seuil": 30}, "operateur"),
        ({"operateur_fin": "lt", "seuil_fin": 30}, "operateur_fin"),
        ({"operateur": "gt", "seuil": 9000}, "seuil"),
        ({"decalage": None}, "decalage"),
        ({"decalage": 367}, "decalage"),
        ({"decalage": -61, "unite": "mois"}, "decalage"),
        ({"priorite": 0}, "priorite"),
        ({"recul_mois": 121}, "recul_mois"),
        ({"types": frozenset({99})}, "types_absence"),
        ({"positions": frozenset({"99"})}, "positions"),
        ({"date_effet": JOUR - datetime.timedelta(days=1)}, "date_effet"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(champs, fautif):
    assert refusals(rule(**champs)) == [fautif]


def test_a_day_taken_or_passed_by_the_version_in_force_is_refused():
    assert refusals(rule(), dates_prises=[D(2027, 1, 1)]) == ["date_effet"]
    assert refusals(rule(date_effet=JOUR), en_vigueur_depuis=JOUR) == ["date_effet"]


def test_a_motive_put_aside_is_refused():
    assert refusals(rule(), motif_propose=False) == ["motif"]


@pytest.mark.parametrize(
    "longue, trou",
    [
        (long_illness("gt", 90), ["de 90 jours exactement"]),
        (long_illness("gte", 91), ["de 90 à 90,5 jours"]),
        (long_illness("gte", 90), []),
    ],
)
def test_the_hole_between_the_two_rules_of_illness_is_named(longue, trou):
    assert [str(plage) for plage in find_holes([illness(), longue])] == trou
    phrases = warn_version(longue, True, {"maladie": illness()})
    assert len(phrases) == len(trou) and all(mots in phrases[0] for mots in trou)


def test_an_overlap_says_which_rule_wins():
    longue = long_illness("gte", 80)
    assert [str(plage) for plage in find_overlaps([illness(), longue])] == ["de 80 à 89,5 jours"]
    (phrase,) = warn_version(illness(), True, {"longue_maladie": longue})
    assert "« Règle longue_maladie » l’emporte" in phrase


def test_the_long_rule_put_off_leaves_a_hole_without_end():
    phrases = warn_version(long_illness(), False, {"maladie": illness()})
    assert "ne s’appliquera plus" in phrases[0]
    assert "à partir de 90 jours" in phrases[1]


def test_no_kind_of_absence_counts_as_all_and_says_so():
    (phrase,) = warn_version(rule("accident", types=frozenset()), True, {})
    assert "congés annuels compris" in phrase


@pytest.mark.parametrize("un", Operateur.values)
@pytest.mark.parametrize("autre", Operateur.values)
def test_a_pair_of_conditions_that_is_let_in_holds_some_length(un, autre):
    """Property: what is let in matches a length, what is refused for it matches none."""
    for bas in (0, 1, 30, 31, 90):
        for haut in (0, 1, 30, 31, 90):
            regle = rule(operateur=un, seuil=bas, operateur_fin=autre, seuil_fin=haut)
            tenues = [n for n in range(1, 400) if regle.accepts(n / 2)]
            if not refusals(regle):
                assert tenues, (un, bas, autre, haut)
            elif "aucun" in refuse_version(Version(regle, jour=JOUR, types_connus={71}))[0][1]:
                assert not tenues, (un, bas, autre, haut)


def test_a_missed_appointment_is_counted_not_measured():
    assert word_rule(rule(Declencheur.RELANCE, operateur="gte", seuil=2)) == "au moins 2 rendez-vous manqué"
