"""The day of the tests is mardi 24/11/2026, for the views too; the rules are those of the seeds."""

from unittest import mock

import pytest

from nouvea_sst.referentiel.actions import load_parametres
from tests.visites.factories import JOUR
from visites.actions import load_listes, load_regles


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
