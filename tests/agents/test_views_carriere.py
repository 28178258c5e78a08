"""The career tab: what the payroll says, and of a position only what the role may know."""

import pytest
from django.urls import reverse

from agents.models import Agent
from nouvea_sst.comptes.models import LigneJournal
from tests.agents.factories import (
    AgentFactory,
    CarriereFactory,
    ContratFactory,
    PositionFactory,
    TypePositionFactory,
)
from tests.imports.chargement import load

pytestmark = pytest.mark.django_db
LONGUE = "Congé de longue maladie"


@pytest.fixture
def kaloi(db):
    agent = AgentFactory(nom="KALOI", prenom="Marie")
    CarriereFactory(agent=agent, code_categorie=20, grade="TECHNICIEN", code_grade="TT1", cadre="B")
    PositionFactory(agent=agent, date_fin="2026-10-31")
    longue = TypePositionFactory(code="35", libelle=LONGUE, en_activite=False)
    PositionFactory(agent=agent, type=longue, date_debut="2026-11-01")
    ContratFactory(agent=agent, fin_essai="2011-06-02")
    return agent


def read(client, agent):
    return client.get(reverse("agents:carriere", args=[agent.pk])).content.decode()


def test_shows_the_three_tables(client_de, kaloi):
    page = read(client_de("rh"), kaloi)
    for texte in ("Fonctionnaire", "TECHNICIEN", "(TT1)", "catégorie B", LONGUE, "Absent de son poste"):
        assert texte in page
    assert "CDI" in page and "02/06/2011" in page and "01/11/2026" in page
    ligne = LigneJournal.objects.get(acte="agents.carriere")
    assert ligne.agent_cle == str(kaloi.pk) and LONGUE not in ligne.objet_libelle


@pytest.mark.parametrize("role", ["medecin", "infirmier"])
def test_care_staff_see_that_he_is_absent_not_why(client_de, kaloi, role):
    page = read(client_de(role), kaloi)
    assert "Absent de son poste" in page and "En activité" in page and "01/11/2026" in page
    assert LONGUE not in page and "Hors effectif" not in page


def test_a_preventeur_sees_no_position_at_all(client_de, kaloi):
    page = read(client_de("preventeur"), kaloi)
    assert "TECHNICIEN" in page
    assert "Absent de son poste" not in page and "01/11/2026" not in page and LONGUE not in page


def test_an_agent_reads_his_own(client_de, kaloi):
    client = client_de("agent")
    kaloi.compte = client.compte
    kaloi.save()
    assert LONGUE in read(client, kaloi)


def test_says_when_there_is_nothing(client_de):
    page = read(client_de("coordinateur"), AgentFactory())
    for phrase in ("Aucune ligne de carrière", "Aucune position administrative", "Aucun contrat"):
        assert phrase in page


def test_history_tells_of_careers_and_positions(client_de, kaloi):
    client = client_de("rh")
    kaloi.carrieres.update(grade="INGENIEUR")
    kaloi.positions.filter(type__code="35").update(date_fin="2026-12-31")
    assert "INGENIEUR" in client.get(reverse("agents:historique", args=[kaloi.pk])).content.decode()
    absences = client.get(reverse("agents:absences_historique", args=[kaloi.pk])).content.decode()
    assert "31/12/2026" in absences


def test_the_page_names_the_imports_that_brought_its_rows_to_whoever_sees_imports(client_de):
    load("agents", "Matricule;Nom;Prénom", "3120;BOULA;Nathalie")
    depot = load("carrieres", "NOMATR;DATDEB;DATFIN;CDCATE;CDGRAD", "3120;2020-01-01;;20;TT1")
    agent = Agent.objects.get(matricule="3120")
    assert agent.carrieres.count() == 1
    adresse = f'href="{reverse("imports:bilan", args=[depot.pk])}"'
    assert adresse in read(client_de("rh"), agent)
    assert adresse not in read(client_de("medecin"), agent)


def test_rows_typed_by_hand_come_from_no_import(client_de, kaloi):
    assert "Apportées par" not in read(client_de("rh"), kaloi)
