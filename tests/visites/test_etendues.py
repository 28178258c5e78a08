"""A measure may hold at the post occupied alone: who reads it, what becomes of it when the agent moves."""

import datetime

import pytest
from django.urls import reverse

from agents.models import Agent
from tests.agents.factories import AgentFactory, PosteFactory, ResponsabiliteFactory, StructureFactory
from tests.visites.factories import JOUR, VisiteFactory
from tests.visites.test_views_conclusion import measure, typed
from visites.models import ConclusionCorrigee, Engagement, Restriction, Visite
from visites.rules.propositions import Place, propose

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jour", "regles")]
MOTS = "Port de charges limité, 10 kg, au poste occupé, jusqu’au 24/05/2027"


@pytest.fixture
def medecin(client_de):
    return client_de("medecin")


@pytest.fixture
def visite(medecin):
    agent = AgentFactory(
        statut="C", poste=PosteFactory(categorie_suivi="adapte"), structure=StructureFactory()
    )
    visite = VisiteFactory(agent=agent, professionnel=medecin.compte)
    saisie = typed(measure(au_poste="on"), conclusion="amenagement")
    apercu = medecin.post(reverse("visites:apercu", args=[visite.pk]), saisie | {"lecteur": "encadrant"})
    assert MOTS in apercu.content.decode()
    assert medecin.post(reverse("visites:conclure", args=[visite.pk]), saisie).status_code == 302
    return Visite.objects.get()


def test_manager_reads_that_it_holds_at_the_post_as_the_preview_said(visite, client_de):
    assert Restriction.objects.get().etendue == "poste"
    chef = client_de("encadrant")
    ResponsabiliteFactory(compte=chef.compte, structure=visite.agent.structure)
    lue = chef.get(reverse("visites:visite", args=[visite.pk])).content.decode()
    liste = chef.get(reverse("visites:restrictions_agent", args=[visite.agent_id])).content.decode()
    suivi = chef.get(reverse("visites:engagement", args=[Engagement.objects.get().pk])).content.decode()
    assert (
        MOTS in lue and "Poste occupé" in liste and "Port de charges limité 10 kg, au poste occupé" in suivi
    )


def test_correction_opens_with_it_and_a_wider_one_is_another_measure(medecin, visite):
    page = reverse("visites:corriger", args=[visite.pk])
    assert "checked" in str(medecin.get(page).context["mesures"].forms[0]["au_poste"])
    base = {"version": visite.version, "conclusion": "amenagement", "raison": "Partout."}
    meme = medecin.post(page, typed(measure(au_poste="on"), **base)).content.decode()
    assert "Rien n’a changé" in meme
    assert medecin.post(page, typed(measure(), **base)).status_code == 302
    assert (
        Restriction.objects.get().etendue == "tout" and Engagement.objects.filter(clos_le=None).count() == 1
    )
    assert ConclusionCorrigee.objects.get().lues[0].etendue == "poste"
    fiche = medecin.get(reverse("visites:visite", args=[visite.pk])).content.decode()
    assert MOTS in fiche and "Port de charges limité, 10 kg, jusqu’au 24/05/2027" in fiche


def test_version_written_before_it_was_asked_is_still_read(visite):
    ancienne = ConclusionCorrigee(mesures=[["Télétravail", "", "2026-11-24", None]])
    assert ancienne.lues[0].etendue == "tout"


@pytest.mark.parametrize(
    "place, etendue, revue, phrase, clore, reprendre",
    [
        (Place(JOUR, False, False), "tout", None, "parti le 24/11/2026", True, False),
        (Place(JOUR, True, True), "tout", None, "parti le", True, False),
        (Place(None, True, False), "poste", None, "a quitté le poste", True, False),
        (Place(None, True, True), "tout", None, "changé de poste", False, True),
        (Place(None, False, True), "poste", None, "changé de service", False, True),
        (Place(None, False, False), "tout", JOUR, "date de revue est venue", False, False),
    ],
)
def test_move_or_departure_proposes_an_act(place, etendue, revue, phrase, clore, reprendre):
    dite = propose(place, etendue, revue, JOUR)
    assert dite is not None and phrase in dite.pourquoi and (dite.clore, dite.reprendre) == (clore, reprendre)


def test_nothing_moved_proposes_nothing():
    demain = JOUR + datetime.timedelta(days=1)
    assert propose(Place(demain, False, False), "poste", demain, JOUR) is None


def test_agent_who_left_the_post_has_his_follow_up_proposed_for_closing(visite, client_de):
    suivi, chef = Engagement.objects.get(), client_de("coordinateur")
    page = reverse("visites:engagement", args=[suivi.pk])
    assert "à clore" not in chef.get(page).content.decode()
    Agent.objects.filter(pk=visite.agent_id).update(poste=PosteFactory())
    texte = chef.get(page).content.decode()
    assert "a quitté le poste" in texte and "Reprendre là où il travaille" not in texte
    clore = reverse("visites:engagement_clore", args=[suivi.pk])
    form = chef.get(clore).context["form"]
    assert form["raison"].value() == "L’agent a quitté le poste pour lequel cette restriction vaut."
    assert chef.post(clore, {"raison": form["raison"].value(), "version": suivi.version}).status_code == 302
    suivi.refresh_from_db()
    assert suivi.clos_le == JOUR
