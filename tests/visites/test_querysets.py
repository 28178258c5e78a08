"""Which rows each role reaches: the pages count on these questions alone."""

import datetime

import pytest

from agents.models import Agent
from tests.agents.factories import JOUR, AgentFactory, ResponsabiliteFactory
from tests.fabriques import compte
from tests.visites.factories import RestrictionFactory, VisiteFactory, held
from visites.actions import refresh_suivis
from visites.models import Restriction, Suivi, Visite

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regles")]


@pytest.fixture
def deux():
    """Two agents of two structures, each with a due date, a visit and a restriction."""
    visites = [held(), held()]
    for visite in visites:
        RestrictionFactory(visite=visite)
    refresh_suivis(acteur=None, jour=JOUR)
    return visites


def seen(user):
    """How many due dates, visits and restrictions this account reaches."""
    return tuple(modele.objects.visible_to(user).count() for modele in (Suivi, Visite, Restriction))


@pytest.mark.parametrize("role", ["coordinateur", "chef", "medecin", "infirmier", "rh"])
def test_section_and_care_staff_reach_everybody(deux, role):
    assert seen(compte(role)) == (2, 2, 2)


@pytest.mark.parametrize("role", ["psychologue", "preventeur", "chct", "auditeur", "administrateur"])
def test_others_reach_nobody(deux, role):
    assert seen(compte(role)) == (0, 0, 0)


def test_manager_reaches_visits_and_measures_of_his_structure_and_no_due_date(deux):
    encadrant = compte("encadrant")
    assert seen(encadrant) == (0, 0, 0)
    ResponsabiliteFactory(compte=encadrant, structure=deux[0].agent.structure)
    assert seen(encadrant) == (0, 1, 1)
    assert Visite.objects.visible_to(encadrant).get() == deux[0]


def test_agent_reaches_himself(deux):
    agent = compte("agent")
    assert seen(agent) == (0, 0, 0)
    Agent.objects.filter(pk=deux[1].agent_id).update(compte=agent)
    assert seen(agent) == (0, 1, 1)
    assert Visite.objects.visible_to(agent).get() == deux[1]


def test_late_from_the_first_day_after():
    suivi = Suivi.objects.filter(echeance__isnull=False)
    held(agent=AgentFactory(statut="C"), date=datetime.date(2021, 11, 24))
    refresh_suivis(acteur=None, jour=JOUR)
    assert not suivi.due_before(JOUR).exists()
    assert suivi.due_between(JOUR, JOUR).count() == 1
    assert suivi.due_before(JOUR + datetime.timedelta(days=1)).count() == 1


def test_half_day_leaves_out_what_was_cancelled():
    visite = VisiteFactory()
    VisiteFactory(professionnel=visite.professionnel, etat="annulee")
    assert list(Visite.objects.of_day(JOUR, visite.professionnel)) == [visite]
