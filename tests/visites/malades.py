"""Agents who were ill, and what the calculation makes due of it."""

import datetime

from agents.models import TypeAbsence
from tests.agents.factories import AbsenceFactory, AgentFactory, TypeAbsenceFactory
from tests.visites.factories import JOUR, held
from visites.actions import refresh_suivis
from visites.models import Motif, VisiteDue

UN = datetime.timedelta(days=1)


def motif(code):
    return Motif.objects.get(code=code)


def ill(agent, debut, jours, code=81):
    type = TypeAbsence.objects.filter(code=code).first() or TypeAbsenceFactory(
        code=code, famille="maladie", prolonge=True
    )
    return AbsenceFactory(agent=agent, type=type, date_debut=debut, date_fin=debut + (jours - 1) * UN)


def calculate(jour=JOUR):
    return refresh_suivis(acteur=None, jour=jour)


def reprise(agent):
    return VisiteDue.objects.get(agent=agent, famille="reprise")


def seen_then_ill():
    """Return an agent seen two years ago, then forty days ill until ten days ago."""
    agent = AgentFactory(date_embauche=datetime.date(2015, 1, 1), statut="C")
    held(agent=agent, motif=motif("periodique"), date=datetime.date(2024, 6, 3))
    ill(agent, JOUR - 49 * UN, 40)
    return agent
