"""Whom a manager sees: today's agents of the structures that he answers for today."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from agents.models import Agent, Structure
from tests.agents.factories import AbsenceFactory, AgentFactory, ResponsabiliteFactory, StructureFactory
from tests.fabriques import compte

pytestmark = pytest.mark.django_db
UN_JOUR = datetime.timedelta(days=1)


def days(**ecarts):
    """Dates from today on, in days; the database's day counts, not the one that tests freeze."""
    return {nom: None if e is None else timezone.localdate() + e * UN_JOUR for nom, e in ecarts.items()}


@pytest.mark.parametrize(
    "periode, tient",
    [
        ({"date_debut": 1, "date_fin": None}, False),
        ({"date_debut": 0, "date_fin": None}, True),
        ({"date_debut": -9, "date_fin": None}, True),
        ({"date_debut": -9, "date_fin": 9}, True),
        ({"date_debut": -9, "date_fin": 0}, True),
        ({"date_debut": -9, "date_fin": -1}, False),
        ({"date_debut": 1, "date_fin": 9}, False),
    ],
)
def test_a_responsibility_counts_from_its_first_to_its_last_day(periode, tient):
    encadrant, parente = compte("encadrant"), StructureFactory()
    dessous = StructureFactory(parent=parente)
    agent = AgentFactory(structure=dessous)
    ResponsabiliteFactory(compte=encadrant, structure=parente, **days(**periode))
    assert set(Structure.objects.visible_to(encadrant)) == ({parente, dessous} if tient else set())
    assert list(Agent.objects.visible_to(encadrant)) == ([agent] if tient else [])


@pytest.mark.parametrize("depart, vu", [(None, True), (1, True), (0, True), (-1, False)])
def test_a_manager_no_longer_opens_who_has_left(client_de, depart, vu):
    client = client_de("encadrant")
    absence = AbsenceFactory(agent=AgentFactory(**days(date_depart=depart)))
    ResponsabiliteFactory(compte=client.compte, structure=absence.agent.structure)
    for nom in ("agents:agent", "agents:absences"):
        reponse = client.get(reverse(nom, args=[absence.agent_id]))
        assert reponse.status_code == (200 if vu else 404)
    liste = client.get(reverse("agents:liste")).content.decode()
    assert "les agents partis n’y figurent plus" in liste
    assert "figurent plus" not in client_de("rh").get(reverse("agents:liste")).content.decode()


def test_a_manager_who_leaves_still_reads_his_own_file():
    encadrant = compte("encadrant")
    soi = AgentFactory(compte=encadrant, **days(date_depart=-1))
    assert list(Agent.objects.visible_to(encadrant)) == [soi]


def test_the_section_still_sees_who_has_left():
    parti = AgentFactory(**days(date_depart=-30))
    for role in ("coordinateur", "rh", "medecin"):
        assert list(Agent.objects.visible_to(compte(role))) == [parti]


def test_a_nul_in_what_is_searched_is_a_space():
    agent = AgentFactory(nom="Kaloi", prenom="Joseph")
    assert list(Agent.objects.search("kal\0 \0jos")) == [agent]
    assert list(Agent.objects.search("\0")) == [agent]
