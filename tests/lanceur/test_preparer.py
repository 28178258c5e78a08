"""Preparing the database: what runs, and when the demonstration city comes."""

from collections.abc import Iterator
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from nouvea_sst.management.commands import preparer
from tests.fabriques import compte

ETAPES = ["migrate", "createcachetable", "charger_referentiel", "synchroniser_roles"]


@pytest.fixture
def appels(db: None) -> Iterator[mock.Mock]:
    """The commands that preparer would run."""
    with mock.patch.object(preparer, "call_command") as appel:
        yield appel


def names(appels: mock.Mock) -> list[str]:
    """Names of the commands, in order."""
    return [appel.args[0] for appel in appels.call_args_list]


def test_empty_demonstration_gets_its_city(appels: mock.Mock, settings: object) -> None:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]
    call_command("preparer")
    assert names(appels) == [*ETAPES, "peupler"]
    assert appels.call_args.args[1:] == ("--agents=1600", "--annees=5", "--graine=1")


def test_city_is_not_asked_for(appels: mock.Mock, settings: object) -> None:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]
    call_command("preparer", "--sans-demo")
    assert names(appels) == ETAPES


def test_no_city_over_data_that_exist(appels: mock.Mock, settings: object) -> None:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]
    compte()
    call_command("preparer")
    assert names(appels) == ETAPES


def test_no_city_outside_a_demonstration(appels: mock.Mock) -> None:
    call_command("preparer")
    assert names(appels) == ETAPES


@pytest.mark.django_db
def test_silent_database_is_said_in_a_sentence() -> None:
    with mock.patch.object(connection, "ensure_connection", side_effect=OperationalError("refus")):
        with pytest.raises(CommandError, match="La base de données ne répond pas"):
            call_command("preparer")
