"""Querysets without an order come back shuffled: PostgreSQL promises none, and only a large table shows it.

Rows come in the order of a draw that depends on the test's name and on --graine-ordre: a failure comes again.
"""

import random
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.db.models import QuerySet

_fetch_all = QuerySet._fetch_all
_iterator = QuerySet._iterator


class Tirage:
    """The draw of the test under way."""

    def __init__(self) -> None:
        self.begin("", actif=False)

    def begin(self, graine: str, *, actif: bool) -> None:
        """Start again from a seed."""
        self.actif = actif
        self.nombre = zlib.crc32(graine.encode()) / 2**32
        self.hasard = random.Random(self.nombre)
        self.preparees: set[int] = set()

    def prepare(self, alias: str) -> None:
        """Give the connection its seed once a test, past Django so that no query is counted."""
        connections[alias].ensure_connection()
        brute = connections[alias].connection
        if id(brute) not in self.preparees:
            self.preparees.add(id(brute))
            brute.execute("SELECT setseed(%s)", [self.nombre])


tirage = Tirage()


def _draws_in_sql(lignes: QuerySet) -> bool:
    """Whether ORDER BY RANDOM() would leave the rows the same: not under DISTINCT or UNION."""
    requete = lignes.query
    return not (requete.distinct or requete.combinator)


def _shuffled_fetch_all(self: QuerySet) -> None:
    """Read the rows, in a drawn order if none was asked for."""
    if self._result_cache is not None or self.ordered or not tirage.actif:
        _fetch_all(self)
    elif _draws_in_sql(self):
        tirage.prepare(self.db)
        ordre, self.query.order_by = self.query.order_by, ("?",)
        try:
            _fetch_all(self)
        finally:
            self.query.order_by = ordre
    else:
        _fetch_all(self)
        tirage.hasard.shuffle(self._result_cache)


def _shuffled_iterator(self: QuerySet, *args: Any) -> Iterator[Any]:
    """Read the rows one by one, in a drawn order if none was asked for."""
    lignes = self
    if tirage.actif and not self.ordered and _draws_in_sql(self):
        tirage.prepare(self.db)
        lignes = self._chain()
        lignes.query.order_by = ("?",)
    yield from _iterator(lignes, *args)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run choose another order."""
    parser.addoption("--graine-ordre", default="0", help="Seed of the order of unordered querysets.")


@pytest.fixture(autouse=True, scope="session")
def querysets_melanges() -> Iterator[None]:
    """Read every queryset through the draw."""
    QuerySet._fetch_all, QuerySet._iterator = _shuffled_fetch_all, _shuffled_iterator
    yield
    QuerySet._fetch_all, QuerySet._iterator = _fetch_all, _iterator


@pytest.fixture(autouse=True)
def tirage_du_test(request: pytest.FixtureRequest) -> Iterator[Tirage]:
    """One draw a test; none under the marker `ordre_libre`."""
    graine = f"{request.config.getoption('--graine-ordre')} {request.node.nodeid}"
    tirage.begin(graine, actif=not request.node.get_closest_marker("ordre_libre"))
    yield tirage
    tirage.begin("", actif=False)
