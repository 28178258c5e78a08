"""The city's time of day: six in the morning, so that no test depends on the hour at which it runs."""

import datetime
from collections.abc import Iterator
from unittest import mock

import pytest


@pytest.fixture(autouse=True)
def six_o_clock() -> Iterator[None]:
    """Free hours of today are still to come."""
    with mock.patch("visites.views.horloge.clock", return_value=datetime.time(6)):
        yield
