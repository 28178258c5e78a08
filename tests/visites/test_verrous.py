"""Acts of persons and a calculation that meet on one agent wait for each other, and none fails."""

import threading
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection

from nouvea_sst.comptes.enums import Role
from nouvea_sst.lib.versions import VersionPerimee
from tests.agents.factories import AgentFactory
from tests.fabriques import compte
from tests.visites.factories import JOUR
from visites.actions import choose_date, refresh_suivis, set_aside_due, take_up_due
from visites.models import VisiteDue

pytestmark = pytest.mark.django_db(transaction=True)
TOURS = 25


def test_decisions_and_calculations_hammering_one_agent_never_lock_each_other_out(regles):
    agent, chef = AgentFactory(), compte(Role.COORDINATEUR)
    refresh_suivis(acteur=None, jour=JOUR)
    pk = VisiteDue.objects.get(agent=agent).pk
    echecs: list[OperationalError] = []

    def repeat(act):
        try:
            for _ in range(TOURS):
                with suppress(VersionPerimee, ValidationError):
                    act()
        except OperationalError as echec:
            echecs.append(echec)
        finally:
            connection.close()

    def decide():
        due = VisiteDue.objects.get(pk=pk)
        faits = {"acteur": chef, "due": due, "version": due.version, "jour": JOUR}
        if due.etat == "ecartee":
            take_up_due(**faits)
        elif due.choisie:
            set_aside_due(raison="Vu", **faits)
        else:
            choose_date(choisie=JOUR, raison_choix="Vu", **faits)

    def calculate():
        refresh_suivis(acteur=None, jour=JOUR, agents=[agent.pk])

    fils = [threading.Thread(target=repeat, args=(act,)) for act in (decide, calculate)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert echecs == []
    assert VisiteDue.objects.get(pk=pk).version > TOURS // 2
