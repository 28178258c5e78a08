"""The city of the permission tests, and the count of what was tried."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.permissions.monde import Monde, make_monde

CASES: Counter[str] = Counter()


@pytest.fixture(scope="module")
def monde(django_db_setup: None, django_db_blocker: Any) -> Iterator[Monde]:
    """One city for the tests of a module; each takes back what it writes."""
    with make_monde(django_db_blocker) as ville:
        yield ville


@pytest.fixture(scope="session")
def cases() -> Counter[str]:
    """How many cells were tried, by answer."""
    return CASES


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print how many cells of the matrix were tried."""
    if CASES:
        details = ", ".join(f"{reponse} × {nombre}" for reponse, nombre in sorted(CASES.items()))
        terminalreporter.write_line(f"permissions: {CASES.total()} cells tried ({details})")
