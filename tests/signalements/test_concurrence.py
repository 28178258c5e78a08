"""The same form sent twice at the same moment, on two connections, makes one record."""

import datetime
import threading
import uuid

import pytest
from django.db import connection

from signalements import actions
from signalements.models import Accident, Signalement
from tests.agents.factories import AgentFactory
from tests.fabriques import compte
from tests.signalements.factories import JOUR, delai

pytestmark = pytest.mark.django_db(transaction=True)
FOIS = 4
FAITS = {
    "categorie": "situation",
    "recit": "Sol glissant.",
    "gravite": 3,
    "survenu_le": JOUR,
    "lieu": "Halle",
}


def all_at_once(act):
    """Run an act in several threads that start together; return what they returned or raised."""
    depart, suites = threading.Barrier(FOIS), []

    def run():
        depart.wait()
        try:
            suites.append(act())
        except Exception as erreur:
            suites.append(erreur)
        finally:
            connection.close()

    fils = [threading.Thread(target=run) for _ in range(FOIS)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    return suites


def test_one_report():
    delai()
    acteur, jeton = compte("agent"), uuid.uuid4()
    faits = {
        "categorie": "situation",
        "recit": "Sol glissant.",
        "gravite": 3,
        "survenu_le": JOUR,
        "lieu": "Halle",
    }
    suites = all_at_once(
        lambda: (
            actions.declare_signalement(
                acteur=acteur, jour=JOUR, jeton=jeton, anonyme=False, faits=faits
            ).numero
        )
    )
    assert suites == ["S-2026-0001"] * FOIS
    assert Signalement.objects.count() == 1


def test_many_reports_have_many_numbers():
    delai()
    acteur = compte("agent")
    faits = {
        "categorie": "situation",
        "recit": "Sol glissant.",
        "gravite": 3,
        "survenu_le": JOUR,
        "lieu": "Halle",
    }
    suites = all_at_once(
        lambda: (
            actions.declare_signalement(
                acteur=acteur, jour=JOUR, jeton=uuid.uuid4(), anonyme=True, faits=faits
            ).numero
        )
    )
    assert sorted(suites) == [f"S-2026-{n:04d}" for n in range(1, FOIS + 1)]


def test_one_accident():
    acteur, agent, jeton = compte("preventeur"), AgentFactory.create(), uuid.uuid4()
    faits = {
        "agent": agent,
        "nature": "service",
        "date": datetime.date(2026, 10, 15),
        "lieu": "Atelier",
        "circonstances": "En descendant du camion.",
    }
    suites = all_at_once(lambda: actions.create_accident(acteur=acteur, jeton=jeton, faits=faits).pk)
    assert len(set(suites)) == Accident.objects.count() == 1
