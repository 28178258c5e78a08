"""The day of the tests is 24/11/2026, everywhere that a view reads it."""

import datetime
from unittest import mock

import pytest

from tests.agents.factories import JOUR


@pytest.fixture
def jour():
    """24/11/2026, also for the views."""
    with mock.patch("django.utils.timezone.localdate", return_value=JOUR):
        yield JOUR


@pytest.fixture
def lendemain(jour):
    """The day after."""
    return jour + datetime.timedelta(days=1)
