"""A visit closes its own convocation: the follow-up runs anew from what serves it, and the proof says so."""

import pytest

from agents.enums import CategorieSuivi
from tests.visites.regles import JOUR, VALEURS, D, answer, visit
from visites.rules.echeance import periodicity

EXAMEN = visit(D(2021, 10, 13), "suivi_renforce", pk=1)


def followup(*tenues, categorie="renforce", statut="C", jour=JOUR, connues=()):
    derniere = tenues[-1]
    base = {
        "categorie": categorie,
        "statut": statut,
        "derniere_visite": derniere.date,
        "derniere_visite_pk": derniere.pk,
        "prochaine_choisie": derniere.prochaine_visite,
    }
    reponse = answer(tenues=tenues, base=base, jour=jour, connues=connues)
    return next(d for d in reponse.dues if d.cle.startswith(("visite:", "embauche:")))


@pytest.mark.parametrize("motif", ["demande_medecin", "prereprise", "reprise_maladie", "suivi_renforce"])
def test_a_nurse_s_visit_leaves_the_examination_late(motif):
    due = followup(EXAMEN, visit(JOUR, motif, pk=2, nature="vip"))
    assert (due.cle, due.jour) == ("visite:1", D(2025, 10, 13))
    assert f"{JOUR:%d/%m/%Y}, une visite qui ne compte pas pour ce suivi" in str(due.preuve["faits"])


def test_an_examination_of_another_motive_serves_and_the_proof_says_so():
    due = followup(EXAMEN, visit(JOUR, "demande_medecin", pk=2))
    assert (due.cle, due.jour) == ("visite:2", D(2030, 11, 24))
    assert "24/11/2026, examen d’aptitude d’un autre motif" in str(due.preuve["faits"])
    propre = followup(EXAMEN, visit(JOUR, "periodique", pk=2))
    assert "autre motif" not in str(propre.preuve["faits"])


@pytest.mark.parametrize("motif, sert", [("periodique", True), ("prereprise", False)])
def test_a_simple_follow_up_is_served_by_its_own_nurse_s_visit_alone(motif, sert):
    due = followup(EXAMEN, visit(JOUR, motif, pk=2, nature="vip"), categorie="simple")
    assert due.cle == ("visite:2" if sert else "visite:1")


def test_the_day_of_a_professional_holds_until_a_visit_of_the_follow_up():
    choix = visit(D(2024, 10, 13), "suivi_renforce", pk=1, prochaine=D(2025, 4, 13))
    ailleurs = visit(JOUR, "prereprise", pk=2, nature="vip", prochaine=D(2030, 11, 24))
    assert followup(choix, ailleurs).jour == D(2025, 4, 13)
    plus_tot = visit(JOUR, "prereprise", pk=2, nature="vip", prochaine=D(2027, 1, 5))
    assert followup(EXAMEN._replace(date=D(2025, 10, 13)), plus_tot).jour == D(2027, 1, 5)


def test_who_was_seen_for_something_else_alone_awaits_his_first_visit():
    due = followup(visit(JOUR, "prereprise", pk=2, nature="vip"), categorie="simple")
    assert due.cle.startswith("embauche:") and "Vu aussi le" in str(due.preuve["faits"])


@pytest.mark.parametrize("statut", ["F", "C", "CC", ""])
def test_a_closer_follow_up_is_never_seen_later_than_the_simple_one(statut):
    simple = periodicity("simple", statut, VALEURS).mois
    assert all(periodicity(c, statut, VALEURS).mois <= simple for c in CategorieSuivi.values)


def test_the_proof_names_both_intervals():
    due = followup(EXAMEN, statut="F")
    assert due.jour == D(2023, 10, 13)
    assert "24 mois ; Tous les 48 mois" in str(due.preuve["faits"])


@pytest.mark.parametrize("nombre", [1, 2])
def test_what_a_nurse_attests_never_starts_the_months_of_an_examination(nombre):
    """Seen by a nurse alone, even for the follow-up: the first examination is still the one of the hire."""
    vues = [visit(D(2024 + rang, 3, 1), pk=10 + rang, nature="vip") for rang in range(nombre)]
    due = followup(*vues)
    assert (due.cle, due.jour) == ("embauche:2015-01-01", D(2015, 4, 1))
    assert f"{vues[-1].date:%d/%m/%Y}, une visite qui ne compte pas pour ce suivi" in str(due.preuve["faits"])
    assert followup(*vues, categorie="simple").cle == f"visite:{vues[-1].pk}"
    examen = visit(D(2026, 3, 1), pk=20)
    assert followup(*vues, examen).cle == "visite:20"
