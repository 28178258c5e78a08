"""Periods of the indicators: which may be asked for, which hours they hold, which years a curve shows.

Only whole months that are over: two periods that differ by a day would show what one person did that day.
"""

import calendar
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from nouvea_sst.lib.dates import Periode, add_months

Mois = tuple[int, int]
UN_JOUR = datetime.timedelta(days=1)
MOIS_OFFERTS = 120
FINE = "\u202f"


class PeriodeRefusee(ValueError):
    """This period cannot be shown: which field is at fault, why, and the whole months nearest to it."""

    def __init__(self, champ: str, raison: str, proche: Periode) -> None:
        super().__init__(
            f"{raison} Mois entiers les plus proches{FINE}: "
            f"du {_write(proche.debut)} au {_write(proche.fin)}."
        )
        self.champ = champ
        self.proche = proche


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


def last_month(jour: datetime.date) -> Periode:
    """Return the last whole month that is over before this day."""
    fin = jour.replace(day=1) - UN_JOUR
    return Periode(fin.replace(day=1), fin)


def months_on_offer(jour: datetime.date) -> list[Periode]:
    """Return the months that a period may begin or end with, latest first."""
    premier = last_month(jour).debut
    debuts = (add_months(premier, -n) for n in range(MOIS_OFFERTS))
    return [month_period(debut.year, debut.month) for debut in debuts]


def default_period(jour: datetime.date) -> Periode:
    """Return the year up to the end of the last whole month; in January, the year before."""
    fin = last_month(jour).fin
    return Periode(fin.replace(month=1, day=1), fin)


def nearest_period(du: datetime.date, au: datetime.date, jour: datetime.date) -> Periode:
    """Return the whole months on offer that these two days touch, in whichever order they come."""
    offre = months_on_offer(jour)
    premier, dernier = offre[-1].debut, offre[0].fin
    debut, fin = (min(max(j, premier), dernier) for j in sorted((du, au)))
    return Periode(debut.replace(day=1), month_period(fin.year, fin.month).fin)


def check_period(du: datetime.date, au: datetime.date, jour: datetime.date) -> Periode:
    """Return the period from du to au; PeriodeRefusee unless it is made of whole months on offer."""
    offre = months_on_offer(jour)
    premier, dernier = offre[-1].debut, offre[0].fin
    if au < du:
        refus = "au", "La fin de la période précède son début."
    elif du > dernier or au > dernier:
        champ = "du" if du > dernier else "au"
        refus = champ, f"Le dernier mois entier est fini le {_write(dernier)}."
    elif du < premier:
        refus = "du", f"La période commence au plus tôt le {_write(premier)}."
    elif du.day != 1:
        refus = "du", "La période commence le premier jour d’un mois."
    elif (au + UN_JOUR).day != 1:
        refus = "au", "La période finit le dernier jour d’un mois."
    else:
        return Periode(du, au)
    champ, raison = refus
    raise PeriodeRefusee(champ, raison, nearest_period(du, au, jour))


def rolling_years(fin: datetime.date, nombre: int) -> list[Periode]:
    """Return the twelve months that end on this day, and those of the years before, oldest first."""
    periodes = [Periode(add_months(fin + UN_JOUR, -12), fin)]
    while len(periodes) < nombre:
        periodes.append(periodes[-1].year_before())
    return periodes[::-1]


def is_whole_months(periode: Periode) -> bool:
    """Whether the period begins on a first and ends on a last day of month."""
    return periode.debut.day == 1 and (periode.fin + UN_JOUR).day == 1


def _write(jour: datetime.date) -> str:
    """Write a day: « 31/10/2026 »."""
    return f"{jour:%d/%m/%Y}"
