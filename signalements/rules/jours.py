"""Days lost by an accident (metier.md §6.2): calendar days, the day of the accident not counted.

An absence is the pair (first day, last day), both included; half days count as whole ones.
"""

import datetime
from collections.abc import Iterable

from nouvea_sst.lib.dates import Periode, join_periods

Jour = datetime.date
Couple = tuple[Jour, Jour]
UN_JOUR = datetime.timedelta(days=1)
JOURS_MAX = 3650  # ten years: beyond, a number typed is a mistake, and the last day may leave the calendar


def lost_periods(date_accident: Jour, absences: Iterable[Couple], jours_saisis: int | None) -> list[Periode]:
    """Return the days lost as periods that do not overlap, oldest first.

    Without any absence the typed days follow the accident one after the other; with one they do not count.
    """
    couples = list(absences)
    if not couples:
        if not jours_saisis:
            return []
        return [Periode(date_accident + UN_JOUR, date_accident + jours_saisis * UN_JOUR)]
    suites = join_periods(Periode(debut, fin) for debut, fin in couples)
    return [Periode(max(s.debut, date_accident + UN_JOUR), s.fin) for s in suites if s.fin > date_accident]


def days_lost(
    date_accident: Jour, absences: Iterable[Couple], jours_saisis: int | None, debut: Jour, fin: Jour
) -> int:
    """Return the days lost from debut to fin, both included: a day counts in the period it is lost in."""
    return sum(p.days_in(debut, fin) for p in lost_periods(date_accident, absences, jours_saisis))


def all_days_lost(date_accident: Jour, absences: Iterable[Couple], jours_saisis: int | None) -> int:
    """Return the days lost, whatever the period."""
    return sum(p.jours for p in lost_periods(date_accident, absences, jours_saisis))


def days_to_come(
    date_accident: Jour, absences: Iterable[Couple], jours_saisis: int | None, jour: Jour
) -> int:
    """Return the days prescribed after this day: they are not lost yet."""
    demain = jour + UN_JOUR
    return sum(p.days_in(demain, p.fin) for p in lost_periods(date_accident, absences, jours_saisis))


def has_leave(date_accident: Jour, absences: Iterable[Couple], jours_saisis: int | None) -> bool:
    """Whether the accident is « avec arrêt »: at least one day beyond its own."""
    return bool(lost_periods(date_accident, absences, jours_saisis))


def follows_accident(date_accident: Jour, absences: Iterable[Couple]) -> list[Couple]:
    """Return the absences that follow from the accident without a day of work between.

    The first one holds the day of the accident or the next one; the others prolong it.
    """
    couples = list(absences)
    suites = join_periods(Periode(debut, fin) for debut, fin in couples if fin > date_accident)
    suite = next((s for s in suites if s.debut <= date_accident + UN_JOUR), None)
    if suite is None:
        return []
    return [c for c in couples if c[1] > date_accident and suite.debut <= c[0] <= suite.fin]
