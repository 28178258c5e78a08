"""Who leaves is out of the house: his account closes by itself, and does not open again by itself."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from agents.actions import follow_departures, update_agent
from agents.actions.agents import CHAMPS
from agents.tasks import align
from nouvea_sst.comptes.enums import EtatCompte
from nouvea_sst.comptes.models import LigneJournal
from tests.agents.factories import AgentFactory
from tests.fabriques import compte, log_in

pytestmark = pytest.mark.django_db
UN_JOUR = datetime.timedelta(days=1)


def agent_with_account(role="agent", **champs):
    personne = compte(role)
    return AgentFactory(compte=personne, date_embauche=datetime.date(2020, 1, 1), **champs), personne


def leave(agent, depart, acteur):
    champs = {nom: getattr(agent, nom) for nom in CHAMPS} | {"date_depart": depart}
    update_agent(
        acteur=acteur, agent_id=agent.pk, version=agent.version, jour=timezone.localdate(), champs=champs
    )


@pytest.mark.parametrize("ecart, ferme", [(-1, True), (0, False), (5, False)])
def test_by_hand_the_account_closes_the_day_after_the_last(ecart, ferme):
    agent, personne = agent_with_account()
    client = log_in(personne)
    leave(agent, timezone.localdate() + ecart * UN_JOUR, compte("rh"))
    personne.refresh_from_db()
    assert (personne.etat == EtatCompte.DESACTIVE) is ferme
    assert client.get(reverse("comptes:mes_sessions")).status_code == (302 if ferme else 200)
    lignes = LigneJournal.objects.filter(acte="comptes.disable_compte")
    assert [ligne.acteur_cle for ligne in lignes] == (["systeme"] if ferme else [])
    assert not ferme or "départ de l’agent" in lignes[0].objet_libelle


def test_at_night_those_whose_day_has_come():
    _, personne = agent_with_account(date_depart=timezone.localdate() - UN_JOUR)
    align()
    personne.refresh_from_db()
    assert personne.motif_fermeture == "depart"


def test_coming_back_opens_nothing_and_is_shown(client_de):
    agent, personne = agent_with_account(date_depart=timezone.localdate() - UN_JOUR)
    follow_departures(acteur=None, jour=timezone.localdate())
    leave(agent, None, compte("rh"))
    personne.refresh_from_db()
    assert not personne.is_active and personne.revenu_le == timezone.localdate()
    client = client_de("administrateur")
    liste = client.get(reverse("comptes:liste"), {"etat": "revenus"}).content.decode()
    assert "Désactivé, agent revenu" in liste
    assert (
        "ne s’est pas rouvert seul"
        in client.get(reverse("comptes:compte", args=[personne.pk])).content.decode()
    )
    client.post(reverse("comptes:reactiver", args=[personne.pk]))
    personne.refresh_from_db()
    assert personne.etat == EtatCompte.OUVERT and personne.revenu_le is None


def test_account_closed_by_an_administrator_is_not_said_to_be_back():
    agent, personne = agent_with_account()
    type(personne).objects.filter(pk=personne.pk).update(
        is_active=False, ferme_le=timezone.now(), motif_fermeture="decision"
    )
    follow_departures(acteur=None, jour=timezone.localdate(), agents=[agent])
    personne.refresh_from_db()
    assert personne.revenu_le is None


def test_last_administrator_who_leaves_stays_and_is_said():
    agent, personne = agent_with_account("administrateur", date_depart=timezone.localdate() - UN_JOUR)
    assert follow_departures(acteur=None, jour=timezone.localdate()) == 0
    personne.refresh_from_db()
    assert personne.is_active
    assert LigneJournal.objects.get(acte="comptes.departure_kept").agent_cle == str(agent.pk)
