"""The measure of the calculation reads what the calculation reads, and writes nothing."""

import datetime

import pytest
from django.core.management import call_command

from nouvea_sst.mesures_visites import measure_visites
from nouvea_sst.referentiel.actions import load_parametres
from tests.agents.factories import AbsenceFactory, AgentFactory
from visites.actions import load_listes, load_regles
from visites.models import VisiteDue

pytestmark = pytest.mark.django_db


def test_measure_counts_rows_and_dues():
    load_parametres(acteur=None)
    load_listes(acteur=None)
    load_regles(acteur=None)
    agent = AgentFactory(date_embauche=datetime.date(2010, 1, 1))
    AbsenceFactory.create(
        agent=agent, date_debut=datetime.date(2026, 1, 1), date_fin=datetime.date(2026, 1, 3)
    )
    mesure = measure_visites(datetime.date(2026, 11, 24))
    assert (mesure.agents, mesure.lignes, mesure.dues) == (1, 2, 1)
    assert mesure.rapport > 0
    assert not VisiteDue.objects.exists()


def test_command_says_it_in_french(capsys):
    load_parametres(acteur=None)
    load_listes(acteur=None)
    load_regles(acteur=None)
    AgentFactory()
    call_command("mesurer", "--visites")
    assert "calcul simulé" in capsys.readouterr().out
