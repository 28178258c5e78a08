"""Dates as the trade counts them: months, calendar days, working days, periods. No clock here."""

import calendar
import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

SAMEDI = 5


def add_months(jour: datetime.date, mois: int) -> datetime.date:
    """Return the same day of the month `mois` months later, or the last day of a shorter month.

    >>> add_months(datetime.date(2027, 8, 31), 6)
    datetime.date(2028, 2, 29)
    """
    rang = jour.year * 12 + jour.month - 1 + mois
    annee, mois_vise = divmod(rang, 12)
    dernier = calendar.monthrange(annee, mois_vise + 1)[1]
    return datetime.date(annee, mois_vise + 1, min(jour.day, dernier))


def years_between(debut: datetime.date, fin: datetime.date) -> int:
    """Return whole years from debut to fin: an age. Born on 29 February, one ages on 1 March."""
    return fin.year - debut.year - ((fin.month, fin.day) < (debut.month, debut.day))


def is_working_day(jour: datetime.date, feries: Collection[datetime.date]) -> bool:
    """Whether the day is neither Saturday, Sunday nor a day off."""
    return jour.weekday() < SAMEDI and jour not in feries


def next_working_day(jour: datetime.date, feries: Collection[datetime.date]) -> datetime.date:
    """Return this day, or the first working day after it."""
    while not is_working_day(jour, feries):
        jour += datetime.timedelta(days=1)
    return jour


@dataclass(frozen=True, order=True)
class Periode:
    """From a day to a day, both included. Raises ValueError when the end comes first."""

    debut: datetime.date
    fin: datetime.date

    def __post_init__(self) -> None:
        if self.fin < self.debut:
            raise ValueError("La fin de la période précède son début.")

    @property
    def jours(self) -> int:
        """Calendar days of the period."""
        return (self.fin - self.debut).days + 1

    def days_in(self, debut: datetime.date, fin: datetime.date) -> int:
        """Calendar days that the period shares with debut–fin, both included; 0 without any."""
        return max(0, (min(self.fin, fin) - max(self.debut, debut)).days + 1)

    def year_before(self) -> "Periode":
        """Return the same period one year earlier; the end of a month stays the end of that month."""
        fin = add_months(self.fin, -12)
        if self.fin.day == calendar.monthrange(self.fin.year, self.fin.month)[1]:
            fin = fin.replace(day=calendar.monthrange(fin.year, fin.month)[1])
        return Periode(add_months(self.debut, -12), fin)

    def months(self) -> Iterator[tuple[int, int]]:
        """Yield (year, month) of each month touched."""
        annee, mois = self.debut.year, self.debut.month
        while (annee, mois) <= (self.fin.year, self.fin.month):
            yield annee, mois
            annee, mois = (annee, mois + 1) if mois < 12 else (annee + 1, 1)


def join_periods(periodes: Iterable[Periode]) -> list[Periode]:
    """Return the same days as periods that neither overlap nor touch, oldest first."""
    jointes: list[Periode] = []
    for periode in sorted(periodes):
        derniere = jointes[-1] if jointes else None
        if derniere and periode.debut <= derniere.fin + datetime.timedelta(days=1):
            jointes[-1] = Periode(derniere.debut, max(derniere.fin, periode.fin))
        else:
            jointes.append(periode)
    return jointes
