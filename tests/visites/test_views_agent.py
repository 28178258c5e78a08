"""The agent's visits and restrictions: each role reads its part and no more."""

import pytest
from django.urls import reverse

from agents.models import Agent
from nouvea_sst.comptes.models import LigneJournal
from tests.agents.factories import JOUR, AgentFactory, ResponsabiliteFactory
from tests.visites.factories import RestrictionFactory, VisiteFactory, held
from visites.actions import refresh_suivis
from visites.models import Restriction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jour", "regles")]
AVIS, MOTIF, SUITE = "Apte avec aménagement", "À la demande de l’agent", "24/11/2027"


@pytest.fixture
def visite():
    """A signed visit asked for by the agent, with one restriction and a message."""
    signee = held(
        conclusion="amenagement",
        validite_mois=12,
        prochaine_visite=JOUR.replace(year=2027),
        message_employeur="Prévoir un chariot.",
    )
    RestrictionFactory(visite=signee)
    refresh_suivis(acteur=None, jour=JOUR)
    return signee


def pages(client, visite):
    """The three pages of one visit, as one text."""
    adresses = (
        reverse("visites:agent", args=[visite.agent_id]),
        reverse("visites:visite", args=[visite.pk]),
        reverse("visites:restrictions_agent", args=[visite.agent_id]),
    )
    reponses = [client.get(adresse) for adresse in adresses]
    assert [r.status_code for r in reponses] == [200, 200, 200]
    return " ".join(r.content.decode() for r in reponses)


@pytest.mark.parametrize("role", ["coordinateur", "medecin", "infirmier"])
def test_those_who_handle_visits_read_all_of_it(client_de, visite, role):
    texte = pages(client_de(role), visite)
    for mots in (AVIS, MOTIF, SUITE, "Port de charges limité", "Prévoir un chariot.", "Pourquoi le"):
        assert mots in texte


@pytest.mark.parametrize("role", ["chef", "rh"])
def test_employer_reads_the_public_motive(client_de, visite, role):
    texte = pages(client_de(role), visite)
    assert AVIS in texte and SUITE in texte and "À la demande" in texte
    assert MOTIF not in texte


def test_manager_reads_dates_and_measures_only(client_de, visite):
    client = client_de("encadrant")
    ResponsabiliteFactory(compte=client.compte, structure=visite.agent.structure)
    texte = pages(client, visite)
    for mots in ("24/11/2026", "09:00", "Port de charges limité", "24/05/2027", "Prévoir un chariot."):
        assert mots in texte
    for interdit in ("Apte", "la demande", SUITE, "12 mois", "Pourquoi", "Anne Le Goff", "certificat"):
        assert interdit not in texte
    assert "ne demandez pas leur cause" in texte and "jamais leur cause" not in texte


def test_manager_of_others_finds_nothing(client_de, visite):
    client = client_de("encadrant")
    ResponsabiliteFactory(compte=client.compte, structure=AgentFactory().structure)
    for nom, cle in (
        ("visites:agent", visite.agent_id),
        ("visites:visite", visite.pk),
        ("visites:restrictions_agent", visite.agent_id),
    ):
        assert client.get(reverse(nom, args=[cle])).status_code == 404


def test_agent_reads_his_own(client_de, visite):
    client = client_de("agent")
    assert client.get(reverse("visites:visite", args=[visite.pk])).status_code == 404
    Agent.objects.update(compte=client.compte)
    texte = pages(client, visite)
    for mots in (AVIS, MOTIF, SUITE, "Port de charges limité"):
        assert mots in texte
    assert "Placer la visite" not in texte


@pytest.mark.parametrize("role", ["psychologue", "preventeur", "chct", "auditeur", "administrateur"])
def test_others_are_refused(client_de, visite, role):
    client = client_de(role)
    assert client.get(reverse("visites:agent", args=[visite.agent_id])).status_code == 403
    assert client.get(reverse("visites:visite", args=[visite.pk])).status_code == 403
    assert client.get(reverse("visites:restrictions_agent", args=[visite.agent_id])).status_code == 403


def test_each_page_leaves_one_line(client_de, visite):
    pages(client_de("medecin"), visite)
    actes = LigneJournal.objects.filter(nature="consultation", agent_cle=str(visite.agent_id))
    assert sorted(actes.values_list("acte", flat=True)) == [
        "visites.agent",
        "visites.restrictions_agent",
        "visites.visite",
    ]


def test_restrictions_are_in_force_to_come_or_ended(client_de, visite):
    agent = visite.agent
    RestrictionFactory(visite=visite, date_debut=JOUR.replace(month=12), date_fin=None)
    RestrictionFactory(visite=visite, date_debut=JOUR.replace(month=1), date_fin=JOUR.replace(day=23))
    contexte = client_de().get(reverse("visites:restrictions_agent", args=[agent.pk])).context
    assert [len(contexte[cle]) for cle in ("en_cours", "a_venir", "passees")] == [1, 1, 1]
    Restriction.objects.update(date_debut=JOUR, date_fin=JOUR)
    contexte = client_de().get(reverse("visites:restrictions_agent", args=[agent.pk])).context
    assert len(contexte["en_cours"]) == 3


def test_agent_without_visits_has_useful_empty_pages(client_de):
    agent = AgentFactory()
    texte = client_de().get(reverse("visites:agent", args=[agent.pk])).content.decode()
    assert "Aucune visite" in texte and reverse("visites:placer", args=[agent.pk]) in texte
    texte = client_de().get(reverse("visites:restrictions_agent", args=[agent.pk])).content.decode()
    assert "Aucune restriction" in texte


def test_acts_are_offered_to_whom_they_belong(client_de):
    visite = VisiteFactory()
    adresse = reverse("visites:visite", args=[visite.pk])
    texte = client_de("coordinateur").get(adresse).content.decode()
    assert "Déplacer la visite" in texte and "Conclure la visite" not in texte
    texte = client_de("medecin").get(adresse).content.decode()
    assert "Déplacer" not in texte and "Conclure" not in texte
    client = client_de("medecin")
    visite.professionnel = client.compte
    visite.save()
    texte = client.get(adresse).content.decode()
    assert "Déplacer la visite" in texte and "Conclure la visite" in texte


def test_tab_costs_the_same_with_many_visits(client_de, django_assert_max_num_queries):
    agent = AgentFactory()
    for rang in range(12):
        held(agent=agent, date=JOUR.replace(day=rang + 1))
    client = client_de("medecin")
    with django_assert_max_num_queries(20):
        client.get(reverse("visites:agent", args=[agent.pk]))
