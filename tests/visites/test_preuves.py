"""Every date says why: rule and version, condition, facts, and who may read which of them."""

import datetime

import pytest

from tests.agents.factories import AgentFactory, PosteFactory
from tests.visites.factories import JOUR, DemandeVisiteFactory, held
from tests.visites.malades import UN, calculate, motif, reprise, seen_then_ill
from visites.models import RegleVisite, VisiteDue
from visites.pourquoi import explain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regles")]
D = datetime.date


@pytest.fixture
def agent():
    return seen_then_ill()


def test_the_proof_of_a_return_says_its_condition_and_the_visit_that_did_not_close_it(agent):
    calculate()
    mots = explain(reprise(agent))
    assert "condition appliquée : plus de 30 et moins de 90 jours" in mots["regle"]
    assert "Vu depuis" not in str(mots["faits"])
    held(agent=agent, motif=motif("periodique"), date=JOUR - UN)
    calculate()
    assert reprise(agent).etat == "ouverte"
    assert "seule une visite de reprise ferme ce retour" in str(explain(reprise(agent))["faits"])


def test_the_proof_names_the_version_of_the_rule_and_that_of_the_value(agent):
    calculate()
    du = VisiteDue.objects.get(agent=agent, famille="periodique")
    regle = RegleVisite.objects.get(declencheur="periodique")
    mots = explain(du)
    assert mots["regle_titre"] == f"La règle, version du {regle.date_effet:%d/%m/%Y}"
    valeur = D.fromisoformat(du.preuve["version"])
    assert valeur != regle.date_effet
    assert f"valeur du référentiel du {valeur:%d/%m/%Y}" in mots["regle"]


def test_a_first_visit_says_the_follow_up_that_set_its_delay(agent):
    neuf = AgentFactory(date_embauche=JOUR - 9 * UN, poste=PosteFactory(categorie_suivi="renforce"))
    calculate()
    assert "Suivi renforcé" in str(explain(VisiteDue.objects.get(agent=neuf))["faits"])


def test_proof_of_a_request_hides_its_number_of_days_from_who_may_not_know_who_asked():
    demande = DemandeVisiteFactory(
        agent=AgentFactory(date_embauche=D(2015, 1, 1)), demandee_le=D(2026, 11, 20)
    )
    calculate()
    du = VisiteDue.objects.get(cle=f"demande:{demande.pk}")
    lu, tu = (
        str({k: v for k, v in explain(du, origine=o).items() if k != "calcul"})
        + str(explain(du, origine=o)["calcul"][:-1])
        for o in (True, False)
    )
    assert "20/11/2026" in lu and "15 jours" in lu
    assert "20/11/2026" not in tu and "jours" not in tu
