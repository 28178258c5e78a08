"""One city for all tests of a module; each test puts back what it changed."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from tests.fuites.marche import COMPTES
from tests.fuites.ville import Ville


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests need the database; the detector of N+1 has its own tests, and costs a third of the walk."""
    for item in items:
        if "tests/fuites/" in str(item.path):
            item.add_marker("django_db")
            item.add_marker("sans_n_plus_1")


@pytest.fixture
def _django_db_helper() -> None:
    """Open no transaction for each test, as pytest-django would: the city holds one for the module."""


@pytest.fixture(scope="module")
def ville_commune(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Ville]:
    """The city, taken down with the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Ville(timezone.localdate())
        transaction.set_rollback(True)


@pytest.fixture
def ville(ville_commune: Ville) -> Iterator[Ville]:
    """The city as it was built."""
    with transaction.atomic():
        yield ville_commune
        transaction.set_rollback(True)


class Traces(logging.Handler):
    """Technical log at its most talkative: each line with its traceback."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lignes: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line as a file would hold it."""
        self.lignes.append(f"{record.name} {self.format(record)}")


@pytest.fixture
def traces() -> Iterator[Traces]:
    """What the technical log receives during the test, everything included."""
    racine, recueil = logging.getLogger(), Traces()
    niveau = racine.level
    racine.addHandler(recueil)
    racine.setLevel(logging.DEBUG)
    yield recueil
    racine.setLevel(niveau)
    racine.removeHandler(recueil)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how wide the net was cast."""
    if COMPTES:
        mots = ", ".join(f"{nombre:,} {nom}".replace(",", " ") for nom, nombre in sorted(COMPTES.items()))
        terminalreporter.write_line(f"Secret : {mots}")
