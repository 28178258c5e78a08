"""Status, exclusion and category of follow-up."""

import datetime

import pytest

from agents.enums import CategorieSuivi, ExclusionSuivi, Statut
from agents.rules.categorie import followup_category
from agents.rules.exclusion import describe_exclusion, exclusion_on
from agents.rules.statut import is_elu, statut_of

JOUR = datetime.date(2026, 11, 24)
VEILLE, LENDEMAIN = JOUR - datetime.timedelta(days=1), JOUR + datetime.timedelta(days=1)


@pytest.mark.parametrize("categorie", [1, 2, 3, 6, 16, 17, 18, 19, 20])
def test_civil_servants(categorie):
    assert statut_of(categorie) is Statut.F


def test_contracts_and_collective_agreements():
    assert statut_of(4) is Statut.C
    assert statut_of(7) is Statut.CC
    assert statut_of(8) is Statut.CC


@pytest.mark.parametrize("categorie", [9, 10, 11])
def test_elected_members_have_no_status_and_are_told_apart(categorie):
    assert statut_of(categorie) is None
    assert is_elu(categorie)


@pytest.mark.parametrize("categorie", [None, 0, 5, 8, 12, 15, 99])
def test_others_are_not_elected(categorie):
    assert not is_elu(categorie)


@pytest.mark.parametrize("categorie", [None, 0, 5, 15, 99])
def test_unknown_categories_give_no_status(categorie):
    assert statut_of(categorie) is None


@pytest.mark.parametrize(
    "elu, embauche, depart, attendu",
    [
        (False, None, None, None),
        (False, JOUR, JOUR, None),
        (False, VEILLE, VEILLE, ExclusionSuivi.PARTI),
        (False, LENDEMAIN, None, ExclusionSuivi.PAS_ARRIVE),
        (False, None, LENDEMAIN, None),
        (True, None, None, ExclusionSuivi.ELU),
        (True, VEILLE, VEILLE, ExclusionSuivi.ELU),
    ],
)
def test_who_is_left_out_of_the_follow_up(elu, embauche, depart, attendu):
    assert exclusion_on(est_elu=elu, date_embauche=embauche, date_depart=depart, jour=JOUR) is attendu


def test_each_reason_is_a_sentence_with_its_date():
    dates = {"date_embauche": JOUR, "date_depart": VEILLE}
    textes = {raison: describe_exclusion(raison, **dates) for raison in ExclusionSuivi}
    assert all(texte.endswith(".") for texte in textes.values())
    assert "23/11/2026" in textes[ExclusionSuivi.PARTI]
    assert "24/11/2026" in textes[ExclusionSuivi.PAS_ARRIVE]
    assert "élu" in textes[ExclusionSuivi.ELU]


@pytest.mark.parametrize(
    "poste, raisons, attendu",
    [
        (None, [], CategorieSuivi.SIMPLE),
        ("", [], CategorieSuivi.SIMPLE),
        ("renforce", [], CategorieSuivi.RENFORCE),
        ("simple", ["adapte"], CategorieSuivi.ADAPTE),
        ("adapte", ["simple"], CategorieSuivi.ADAPTE),
        ("adapte", ["simple", "renforce"], CategorieSuivi.RENFORCE),
        ("renforce", ["adapte"], CategorieSuivi.RENFORCE),
    ],
)
def test_the_strongest_category_wins(poste, raisons, attendu):
    assert followup_category(poste, raisons) is attendu


def test_a_category_that_does_not_exist_is_refused():
    with pytest.raises(ValueError):
        followup_category("fort")
