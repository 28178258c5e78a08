"""When an agent is due: each branch of the rule, at its boundaries."""

import datetime
from decimal import Decimal

import pytest

from visites.enums import RegleEcheance
from visites.rules.echeance import (
    FaitsAgent,
    RegleInconnue,
    Valeur,
    closest_category,
    due_date,
    exclusion,
    periodicity,
)

D = datetime.date
JOUR = D(2026, 11, 24)


def valeur(code, mois):
    return Valeur(code, f"Règle {code} tous les", Decimal(mois), "mois", D(2020, 7, 2), "Un texte", "texte")


VALEURS = {
    v.code: v
    for v in (
        valeur("visites.delai_initiale", 3),
        valeur("visites.periodicite.simple", 60),
        valeur("visites.periodicite.simple.F", 24),
        valeur("visites.periodicite.adapte", 36),
        valeur("visites.periodicite.renforce", 48),
    )
}


def due(**faits):
    return due_date(FaitsAgent(**faits), VALEURS, JOUR)


def test_first_visit_of_a_closer_follow_up_comes_before_the_posting():
    valeurs = VALEURS | {"visites.delai_initiale.renforce": valeur("visites.delai_initiale.renforce", 0)}
    faits = {"embauche": D(2026, 11, 2)}
    renforce = due_date(FaitsAgent(categorie="renforce", **faits), valeurs, JOUR)
    assert renforce.jour == D(2026, 11, 2)
    assert "avant l’affectation" in renforce.preuve["regle"]
    assert "02/11/2026, jour de l’embauche" in renforce.preuve["calcul"]
    assert renforce.preuve["fiabilite"] == "texte"
    for categorie in ("simple", "adapte"):
        autre = due_date(FaitsAgent(categorie=categorie, **faits), valeurs, JOUR)
        assert autre.jour == D(2027, 2, 2)
    assert due_date(FaitsAgent(categorie="renforce", **faits), VALEURS, JOUR).jour == D(2027, 2, 2)


@pytest.mark.parametrize(
    ("embauche", "depuis", "vu", "attendu"),
    [
        (D(2026, 9, 24), D(2026, 11, 24), None, D(2026, 11, 24)),
        (D(2026, 9, 24), D(2026, 9, 24), None, D(2026, 9, 24)),
        (D(2026, 9, 24), D(2026, 9, 25), None, D(2026, 9, 25)),
        (D(2026, 9, 24), D(2020, 1, 1), None, D(2026, 9, 24)),
        (D(2015, 1, 1), D(2026, 11, 24), D(2025, 6, 2), D(2026, 11, 24)),
        (D(2015, 1, 1), D(2026, 11, 24), None, D(2015, 4, 1)),
        (None, D(2026, 11, 24), None, D(2026, 11, 24)),
    ],
)
def test_a_closer_follow_up_is_not_late_before_it_is_asked_for(embauche, depuis, vu, attendu):
    valeurs = VALEURS | {"visites.delai_initiale.renforce": valeur("visites.delai_initiale.renforce", 0)}
    faits = FaitsAgent(categorie="renforce", embauche=embauche, categorie_depuis=depuis, visite_a_part=vu)
    assert due_date(faits, valeurs, JOUR).jour == attendu


@pytest.mark.parametrize(
    ("derniere", "depuis", "attendu"),
    [
        (D(2023, 11, 23), D(2025, 11, 24), D(2025, 11, 24)),
        (D(2023, 11, 24), D(2025, 11, 24), D(2027, 11, 24)),
        (D(2024, 2, 29), D(2026, 2, 28), D(2028, 2, 29)),
        (D(2024, 2, 29), D(2026, 3, 1), D(2026, 3, 1)),
        (D(2025, 11, 25), D(2025, 11, 24), D(2029, 11, 25)),
        (D(2020, 1, 1), D(2025, 11, 24), D(2024, 1, 1)),
        (D(2023, 11, 23), None, D(2027, 11, 23)),
    ],
)
def test_who_moves_to_a_closer_follow_up_is_seen_before_unless_seen_lately(derniere, depuis, attendu):
    propres = {"delai_initiale": 0, "dispense_initiale": 24}
    valeurs = VALEURS | {
        f"visites.{code}.renforce": valeur(f"visites.{code}.renforce", mois) for code, mois in propres.items()
    }
    faits = FaitsAgent(categorie="renforce", derniere_visite=derniere, categorie_depuis=depuis)
    reponse = due_date(faits, valeurs, JOUR)
    assert reponse.jour == attendu
    entree = attendu == depuis
    assert ("Entrée dans ce suivi" in reponse.preuve["regle"]) is entree
    assert any(f["libelle"] == "Dispense" for f in reponse.preuve["faits"]) is entree
    sans = due_date(faits, VALEURS, JOUR)
    assert "Entrée" not in sans.preuve["regle"]


@pytest.mark.parametrize(
    "embauche, attendue",
    [
        (D(2026, 11, 24), D(2027, 2, 24)),
        (D(2026, 8, 31), D(2026, 11, 30)),
        (D(2025, 11, 30), D(2026, 2, 28)),
        (D(2023, 11, 30), D(2024, 2, 29)),
        (D(2023, 11, 29), D(2024, 2, 29)),
    ],
)
def test_first_visit_follows_the_hire(embauche, attendue):
    reponse = due(embauche=embauche)
    assert (reponse.regle, reponse.jour) == (RegleEcheance.INITIALE, attendue)


def test_unknown_hire_gives_the_rule_but_no_day():
    reponse = due()
    assert (reponse.regle, reponse.jour) == (RegleEcheance.INITIALE, None)
    assert "complétez" in reponse.preuve["calcul"]


@pytest.mark.parametrize(
    "categorie, statut, derniere, attendue",
    [
        ("simple", "CC", D(2021, 12, 18), D(2026, 12, 18)),
        ("simple", "F", D(2024, 2, 29), D(2026, 2, 28)),
        ("adapte", "C", D(2023, 8, 28), D(2026, 8, 28)),
        ("adapte", "F", D(2023, 8, 28), D(2025, 8, 28)),
        ("renforce", "F", D(2023, 8, 28), D(2025, 8, 28)),
        ("renforce", "C", D(2024, 2, 29), D(2028, 2, 29)),
        ("renforce", "", D(2022, 12, 31), D(2026, 12, 31)),
    ],
)
def test_periodic_visit_follows_category_and_status(categorie, statut, derniere, attendue):
    reponse = due(categorie=categorie, statut=statut, derniere_visite=derniere)
    assert (reponse.regle, reponse.jour) == (RegleEcheance.PERIODIQUE, attendue)


@pytest.mark.parametrize(
    "choisie, regle, jour",
    [
        (D(2026, 1, 9), RegleEcheance.PROFESSIONNEL, D(2026, 1, 9)),
        (D(2029, 1, 9), RegleEcheance.PROFESSIONNEL, D(2029, 1, 9)),
        (D(2029, 1, 10), RegleEcheance.PERIODIQUE, D(2029, 1, 10)),
        (D(2029, 1, 11), RegleEcheance.PERIODIQUE, D(2029, 1, 10)),
    ],
)
def test_sooner_of_rule_and_professional_wins(choisie, regle, jour):
    reponse = due(categorie="renforce", derniere_visite=D(2025, 1, 10), prochaine_choisie=choisie)
    assert (reponse.regle, reponse.jour) == (regle, jour)


@pytest.mark.parametrize(
    "faits, raison",
    [
        ({"est_elu": True}, "elu"),
        ({"depart": JOUR - datetime.timedelta(days=1)}, "parti"),
        ({"embauche": JOUR + datetime.timedelta(days=1)}, "pas_arrive"),
    ],
)
def test_excluded_has_no_day_and_says_why(faits, raison):
    reponse = due(derniere_visite=D(2025, 1, 10), **faits)
    assert (reponse.regle, reponse.jour) == (RegleEcheance.EXCLU, None)
    assert reponse.preuve["exclusion"] == raison and reponse.preuve["faits"]


@pytest.mark.parametrize("faits", [{"depart": JOUR}, {"embauche": JOUR}])
def test_first_and_last_days_are_followed(faits):
    assert exclusion(FaitsAgent(**faits), JOUR) is None


def test_proof_says_facts_rule_version_source_and_calculation():
    preuve = due(
        categorie="renforce", statut="C", derniere_visite=D(2022, 6, 14), derniere_visite_pk=7
    ).preuve
    assert preuve["regle"] == "Règle visites.periodicite.renforce tous les 48 mois"
    assert (preuve["version"], preuve["source"], preuve["fiabilite"]) == ("2020-07-02", "Un texte", "texte")
    assert preuve["calcul"] == "14/06/2022 + 48 mois = 14/06/2026"
    assert preuve["faits"][0] == {
        "libelle": "Dernière visite",
        "valeur": "14/06/2022",
        "url_name": "visites:visite",
        "pk": 7,
    }
    assert [f["valeur"] for f in preuve["faits"][1:3]] == ["Suivi renforcé", "Contractuel"]


def test_missing_value_is_said_in_french():
    with pytest.raises(RegleInconnue, match="référentiel"):
        periodicity("simple", "F", {})


@pytest.mark.parametrize(
    "poste, raisons, attendu",
    [
        ("", (), ("simple", False)),
        ("adapte", (), ("adapte", False)),
        ("simple", ("adapte",), ("adapte", True)),
        ("adapte", ("simple", "renforce"), ("renforce", True)),
        ("renforce", ("adapte",), ("renforce", False)),
    ],
)
def test_closest_category_is_kept(poste, raisons, attendu):
    assert closest_category(poste, raisons) == attendu
