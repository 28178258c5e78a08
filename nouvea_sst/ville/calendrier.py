"""Working days of the demonstration city, and draws of dates."""

import datetime
from random import Random

import holidays

from nouvea_sst.lib.dates import is_working_day, next_working_day


class Calendrier:
    """Days from the start of the story to its day, with New Caledonia's holidays."""

    def __init__(self, jour: datetime.date, annees: int) -> None:
        self.jour = jour
        self.debut = datetime.date(jour.year - annees, 1, 1)
        self.feries = set(holidays.country_holidays("NC", years=range(jour.year - annees - 8, jour.year + 3)))

    def working(self, jour: datetime.date) -> datetime.date:
        """Return this day or the first working day after it."""
        return next_working_day(jour, self.feries)

    def last_working(self, jour: datetime.date) -> datetime.date:
        """Return this day or the last working day before it."""
        while not is_working_day(jour, self.feries):
            jour -= datetime.timedelta(days=1)
        return jour

    def draw(self, hasard: Random, debut: datetime.date, fin: datetime.date) -> datetime.date:
        """Return any day from debut to fin, both included; debut when the period is empty."""
        return debut + datetime.timedelta(days=hasard.randint(0, max(0, (fin - debut).days)))


def days(nombre: float) -> datetime.timedelta:
    """Return whole calendar days."""
    return datetime.timedelta(days=int(nombre))
