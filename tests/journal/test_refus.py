"""A refusal is recorded; out of scope and unknown are one answer, at one cost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nouvea_sst.comptes.enums import NatureJournal
from nouvea_sst.comptes.models import LigneJournal
from tests.agents.factories import AgentFactory
from tests.signalements.factories import SignalementFactory

pytestmark = pytest.mark.django_db
JETON = re.compile(r"csrfmiddlewaretoken[^>]*|saisie_de[^>]*|X-CSRFToken[^>]*")
INCONNU = 999_999_999


def refusals():
    lignes = LigneJournal.objects.filter(nature=NatureJournal.REFUS).order_by("pk")
    return list(lignes.values_list("acte", "objet_libelle", "objet_cle", "objet_type", "agent_cle"))


@pytest.mark.parametrize(
    ("adresse", "route"),
    [
        ("/agents/{}/", "agents:agent"),
        ("/agents/{}/absences/", "agents:absences"),
        ("/visites/agent/{}/", "visites:agent"),
        ("/signalements/{}/", "signalements:signalement"),
    ],
)
def test_out_of_scope_is_recorded_and_answers_as_an_unknown_number(client_de, adresse, route):
    client = client_de("encadrant")
    anonyme = "signalements" in adresse
    cache = SignalementFactory() if anonyme else AgentFactory()
    client.get("/")
    mesures = []
    for cle in (cache.pk, INCONNU):
        with CaptureQueriesContext(connection) as requetes:
            reponse = client.get(adresse.format(cle))
        corps = JETON.sub("", reponse.content.decode())
        mesures.append((reponse.status_code, corps, sorted(reponse.headers), len(requetes)))
    assert mesures[0] == mesures[1]
    assert mesures[0][0] == 404
    assert refusals() == [
        ("acces.introuvable", route, "" if anonyme else str(cle), "", "") for cle in (cache.pk, INCONNU)
    ]


def test_refused_page_is_recorded_with_its_number(client_de):
    client_de("chct").get("/agents/12/absences/?q=secret")
    assert refusals() == [("acces.refuse", "agents:absences", "12", "", "")]


def test_unknown_address_and_visitor_leave_none(client, client_de):
    client_de("coordinateur").get("/nulle-part/12/")
    client.get("/agents/12/")
    assert refusals() == []


def test_auditor_sees_the_refusals(client_de):
    refuse = client_de("encadrant")
    refuse.get(f"/agents/{AgentFactory().pk}/")
    page = client_de("auditeur").get("/journal/?vue=refus").content.decode()
    assert "Adresse hors de portée ou inconnue" in page
    assert "Fiche d’un agent" in page
