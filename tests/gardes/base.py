"""The database of the tests: roles synced once, append-only tables emptied between transactional tests."""

from contextlib import suppress
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.backends.base.operations import BaseDatabaseOperations
from psycopg.errors import DeadlockDetected

from nouvea_sst.comptes.actions import sync_roles

# procrastinate's models are unmanaged: Django's flush passes them by, and one test would see another's jobs.
FILE_D_ATTENTE = (
    "procrastinate_jobs",
    "procrastinate_events",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
)
ESSAIS = 3
_execute_sql_flush = BaseDatabaseOperations.execute_sql_flush


def flush_past_triggers(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
    """Empty the tables with triggers asleep: the journal's refuses TRUNCATE and stays armed inside tests."""
    file = [f"TRUNCATE {', '.join(FILE_D_ATTENTE)} RESTART IDENTITY CASCADE"]
    for reste in range(ESSAIS, -1, -1):
        try:
            return _execute_sql_flush(
                self, ["SET LOCAL session_replication_role = replica", *sql_list, *file]
            )
        except OperationalError as erreur:
            # An answer that the browser no longer waits for may still be reading.
            if not reste or not isinstance(erreur.__cause__, DeadlockDetected):
                raise


def pytest_configure(config: pytest.Config) -> None:
    """Empty tables past the triggers."""
    BaseDatabaseOperations.execute_sql_flush = flush_past_triggers


def ensure_roles() -> None:
    """Make the twelve groups if they are not there, without leaving a journal line."""
    if not Group.objects.exists():
        with mock.patch("nouvea_sst.comptes.actions.roles.record_act"):
            sync_roles(acteur=None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Sync the roles into the new database; a reused one is brought in line with the matrix.

    A matrix that names an unknown right fails the tests that make an account, and spares the others.
    """
    silence = mock.patch("nouvea_sst.comptes.actions.roles.record_act")
    with django_db_blocker.unblock(), silence, suppress(LookupError):
        sync_roles(acteur=None)
    connection.close()


@pytest.fixture(autouse=True)
def cache_vide() -> None:
    """Start with an empty cache: rate limits count in it."""
    cache.clear()
