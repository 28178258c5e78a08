"""The day of the tests is mardi 24/11/2026, for the views too; the rules are those of the seeds."""

import datetime
from unittest import mock

import pytest

from nouvea_sst.referentiel.actions import load_parametres
from tests.agents.factories import AbsenceFactory, AgentFactory, TypeAbsenceFactory
from tests.visites.factories import JOUR
from visites.actions import load_listes, load_regles, refresh_suivis


@pytest.fixture
def jour():
    """24/11/2026, also for views and tasks."""
    with mock.patch("django.utils.timezone.localdate", return_value=JOUR):
        yield JOUR


@pytest.fixture
def regles(db):
    """The parameters, motives and restrictions that every installation has."""
    load_parametres(acteur=None)
    load_listes(acteur=None)
    load_regles(acteur=None)


@pytest.fixture
def types(db):
    codes = (71, 72, 73, 75, 76, 81, 83)
    return {code: TypeAbsenceFactory(code=code, libelle=f"Type {code}") for code in codes}


@pytest.fixture
def chef(client_de, types):
    return client_de("chef")


@pytest.fixture
def malade(types):
    """Twenty days ill, back since a week: too short for the rule in force."""
    agent = AgentFactory(nom="Wamytan", date_embauche=datetime.date(2020, 1, 1))
    debut = JOUR - datetime.timedelta(days=27)
    AbsenceFactory(
        agent=agent,
        type=types[71],
        date_debut=debut,
        date_fin=debut + datetime.timedelta(days=19),
    )
    refresh_suivis(acteur=None, jour=JOUR)
    return agent
