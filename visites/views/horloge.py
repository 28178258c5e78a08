"""The city's time of day, for the pages of a half-day of today."""

import datetime

from django.utils import timezone


def clock() -> datetime.time:
    """Return the city's time of day."""
    return timezone.localtime().time()
