"""The city of the permission tests, for its pages."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.permissions.monde import Monde, make_monde


@pytest.fixture(scope="module")
def monde(django_db_setup: None, django_db_blocker: Any) -> Iterator[Monde]:
    """One city for the tests of a module; each takes back what it writes."""
    with make_monde(django_db_blocker) as ville:
        yield ville
