"""Periods of the indicators: which hours they hold, which twelve months a curve shows."""

import calendar
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from nouvea_sst.lib.dates import Periode, add_months

Mois = tuple[int, int]
UN_JOUR = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Heures:
    """Hours of a period, or the months that lack them."""

    heures: Decimal | None
    mois_manquants: tuple[Mois, ...] = ()


def month_period(annee: int, mois: int) -> Periode:
    """Return the whole month."""
    dernier = calendar.monthrange(annee, mois)[1]
    return Periode(datetime.date(annee, mois, 1), datetime.date(annee, mois, dernier))


def hours_in(periode: Periode, par_mois: Mapping[Mois, Decimal]) -> Heures:
    """Return the hours worked in the period; a month that it cuts counts by its days.

    One month without hours leaves the whole unknown: a rate on half the hours would be false.
    """
    manquants = tuple(m for m in periode.months() if m not in par_mois)
    if manquants:
        return Heures(None, manquants)
    total = Decimal()
    for annee, mois in periode.months():
        entier = month_period(annee, mois)
        total += par_mois[annee, mois] * entier.days_in(periode.debut, periode.fin) / entier.jours
    return Heures(total)


def default_period(jour: datetime.date) -> Periode:
    """Return the year up to the end of the last whole month; in January, the year before."""
    fin = jour if (jour + UN_JOUR).day == 1 else jour.replace(day=1) - UN_JOUR
    return Periode(fin.replace(month=1, day=1), fin)


def rolling_years(fin: datetime.date, nombre: int) -> list[Periode]:
    """Return the twelve months that end on this day, and those of the years before, oldest first."""
    periodes = [Periode(add_months(fin, -12) + UN_JOUR, fin)]
    while len(periodes) < nombre:
        periodes.append(periodes[-1].year_before())
    return periodes[::-1]


def is_whole_months(periode: Periode) -> bool:
    """Whether the period begins on a first and ends on a last day of month."""
    return periode.debut.day == 1 and (periode.fin + UN_JOUR).day == 1
