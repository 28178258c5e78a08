"""The clock of sick-leave rights on the agent's page: who sees it, what it says, at what cost."""

import datetime
from decimal import Decimal

import pytest

from agents.actions import load_droits_maladie
from agents.faits import read_bareme, read_horloges
from tests.agents.factories import (
    AbsenceFactory,
    AgentFactory,
    CarriereFactory,
    ContratFactory,
    ResponsabiliteFactory,
    TypeAbsenceFactory,
)
from tests.referentiel.factories import valeur

pytestmark = pytest.mark.django_db
D = datetime.date
JOUR = D(2026, 11, 24)


@pytest.fixture
def maladie(db):
    load_droits_maladie(acteur=None)
    return TypeAbsenceFactory(compte_droits=True)


def clock(agent, jour=JOUR):
    return read_horloges([agent.pk], jour, read_bareme(jour))[agent.pk]


def test_civil_servant_has_ninety_days_and_keeps_what_he_did_not_take(maladie):
    agent = AgentFactory(statut="F")
    AbsenceFactory(agent=agent, type=maladie, date_debut=D(2026, 8, 1), date_fin=D(2026, 11, 8))
    autre = TypeAbsenceFactory(compte_droits=False)
    AbsenceFactory(agent=agent, type=autre, date_debut=D(2026, 11, 10), date_fin=D(2026, 11, 20))
    solde = clock(agent).solde
    assert (solde.pris.plein, solde.pris.demi) == (90, 10)
    assert (solde.reste_plein, solde.reste_demi) == (0, 260)


def test_half_days_count_as_half(maladie):
    agent = AgentFactory(statut="F")
    AbsenceFactory(
        agent=agent, type=maladie, date_debut=D(2026, 8, 1), date_fin=D(2026, 8, 2), fin_matin=True
    )
    assert clock(agent).solde.pris.plein == Decimal("1.5")


def test_trial_period_gives_no_right_and_its_end_gives_them(maladie):
    agent = AgentFactory(statut="C", date_embauche=D(2026, 6, 1))
    CarriereFactory(agent=agent, code_categorie=4, date_debut=D(2026, 6, 1))
    ContratFactory(agent=agent, date_debut=D(2026, 6, 1), fin_essai=D(2026, 8, 31))
    AbsenceFactory(agent=agent, type=maladie, date_debut=D(2026, 8, 1), date_fin=D(2026, 8, 4))
    AbsenceFactory(agent=agent, type=maladie, date_debut=D(2026, 9, 1), date_fin=D(2026, 9, 4))
    essai, apres = clock(agent).comptes
    assert (essai.part.sans, apres.part.plein, apres.reste_plein) == (4, 4, 11)


def test_card_of_a_stop_under_way_says_what_its_row_says(client_de, jour, maladie):
    agent = AgentFactory(statut="F")
    for debut, fin in ((D(2025, 10, 1), D(2025, 11, 15)), (D(2026, 10, 1), D(2026, 12, 31))):
        AbsenceFactory(agent=agent, type=maladie, date_debut=debut, date_fin=fin)
    reponse = client_de("rh").get(f"/agents/{agent.pk}/absences/")
    assert reponse.context["lignes_droits"][0] == ("Plein traitement", "90 j", "90 j", "0 j")
    page = reponse.content.decode()
    assert "90 j − 90 j pris = 0 j à plein traitement" in page
    assert "qui finissent le 01/10/2026, premier jour de l’arrêt en cours" in page


@pytest.mark.parametrize(
    "role, voit",
    [
        ("coordinateur", True),
        ("chef", True),
        ("rh", True),
        ("medecin", False),
        ("infirmier", False),
        ("encadrant", False),
        ("agent", False),
    ],
)
def test_clock_is_for_those_who_manage_leave(client_de, jour, maladie, role, voit):
    client = client_de(role)
    agent = AgentFactory(statut="F", compte=client.compte if role == "agent" else None)
    ResponsabiliteFactory(compte=client.compte, structure=agent.structure)
    AbsenceFactory(agent=agent, type=maladie, date_debut=D(2026, 11, 1), date_fin=D(2026, 11, 10))
    reponse = client.get(f"/agents/{agent.pk}/absences/")
    page = reponse.content.decode()
    assert reponse.status_code == 200 and "01/11/2026" in page
    for mots in ("Droits à maladie au", "à vérifier auprès de la DRH", "12 mois glissants", "80 j"):
        assert (mots in page) is voit


def test_clocks_of_many_cost_as_many_questions_as_that_of_one(maladie, django_assert_num_queries):
    agents = [AgentFactory(statut="F") for _ in range(4)]
    for agent in agents:
        AbsenceFactory(agent=agent, type=maladie)
    bareme = read_bareme(JOUR)
    for lot in ([agents[0].pk], [a.pk for a in agents]):
        with django_assert_num_queries(3):
            read_horloges(lot, JOUR, bareme)


def test_the_months_of_the_window_are_dated_reference_data(client_de, jour, maladie):
    agent = AgentFactory(statut="F")
    AbsenceFactory(agent=agent, type=maladie, date_debut=D(2025, 8, 1), date_fin=D(2025, 8, 10))
    AbsenceFactory(agent=agent, type=maladie, date_debut=D(2026, 11, 1), date_fin=D(2026, 11, 10))
    assert clock(agent).solde.pris.plein == 10
    valeur("agents.maladie_fenetre", 24, JOUR.isoformat(), unite="mois")
    assert clock(agent).solde.pris.plein == 20
    assert clock(agent, JOUR - datetime.timedelta(days=1)).solde.pris.plein == 10
    page = client_de("rh").get(f"/agents/{agent.pk}/absences/").content.decode()
    assert "24 mois glissants" in page and "dans les 24 mois qui finissent" in page
