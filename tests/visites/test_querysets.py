"""Which rows each role reaches: the pages count on these questions alone."""

import datetime

import pytest
from django.utils import timezone

from agents.models import Agent
from tests.agents.factories import JOUR, AgentFactory, ResponsabiliteFactory
from tests.fabriques import compte
from tests.visites.factories import RestrictionFactory, VisiteDueFactory, VisiteFactory, held
from visites.actions import refresh_suivis, set_aside_due
from visites.models import Motif, RegleVisite, Restriction, Suivi, Visite, VisiteDue

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


@pytest.mark.parametrize(
    "motif, couvre",
    [
        ("reprise_maladie", {"reprise", "periodique"}),
        ("reprise_longue_maladie", {"reprise", "periodique"}),
        ("sans_motif", {"reprise", "periodique"}),
        ("periodique", {"periodique"}),
        ("demande_agent", {"periodique"}),
    ],
)
def test_visit_placed_for_no_due_is_the_appointment_of_those_that_it_would_serve(motif, couvre):
    agent = AgentFactory()
    VisiteDueFactory(agent=agent, famille="periodique", motif=Motif.objects.get(code="periodique"))
    reprise = Motif.objects.get(code="reprise_maladie")
    due = VisiteDueFactory(agent=agent, famille="reprise", motif=reprise)
    visite = VisiteFactory(agent=agent, motif=Motif.objects.get(code=motif), date=JOUR)
    dues = VisiteDue.objects.on(JOUR)
    assert set(dues.filter(est_placee=True).values_list("famille", flat=True)) == couvre
    lues = dues.with_appointment().values_list("famille", "rendez_vous")
    assert {famille for famille, jour in lues if jour == JOUR} == couvre
    Visite.objects.filter(pk=visite.pk).update(due=due)
    assert dues.get(est_placee=True) == due


def test_never_seen_whose_visits_were_all_put_aside_is_still_never_seen():
    agent = AgentFactory()
    refresh_suivis(acteur=None, jour=JOUR)
    refresh = {"acteur": compte("coordinateur"), "version": 1, "jour": JOUR, "raison": "Vu ailleurs"}
    set_aside_due(due=VisiteDue.objects.get(agent=agent), **refresh)
    assert VisiteDue.objects.on(JOUR).get(est_jamais=True).agent == agent
    assert Suivi.objects.counts(JOUR, 30)["jamais"] == 1


@pytest.mark.parametrize("codes", [("demande_service", "relance"), ("relance", "demande_service")])
def test_on_one_day_the_order_of_rows_tells_nothing_of_who_asked(codes):
    """The priority of a request differs by who asked: the list of who may not know does not sort by it."""
    for priorites in ((1, 99), (99, 1)):
        agent = AgentFactory()
        Suivi.objects.create(agent=agent, regle="periodique", echeance=JOUR, calcule_le=timezone.now())
        dues = [
            VisiteDueFactory(
                agent=agent,
                regle=RegleVisite.objects.get(declencheur=code),
                priorite=priorite,
                calculee=JOUR,
                cle=f"{code}:{rang}",
            )
            for rang, (code, priorite) in enumerate(zip(codes, priorites, strict=True))
        ]
        siennes = VisiteDue.objects.filter(agent=agent)
        assert list(siennes) == dues
        assert list(siennes.on(JOUR).filter(est_a_jour=True)) == dues[:1]
        assert list(siennes.on(JOUR).filter(est_jamais=True)) == dues[:1]
