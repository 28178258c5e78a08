"""Sick-leave rights: how many days of each stop are paid in full, by half, or not (sirh.md §5.4).

Each stop is counted in the rolling months that end on its first day, a year unless told. A day once paid in
full or by half stays so: later stops are counted in their order from what the earlier ones took, so that a
stop entered late moves those after it. Rights and durations are handed in; half days count as such.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nouvea_sst.lib.dates import Periode, add_months, years_between

UN_JOUR = datetime.timedelta(days=1)
ZERO = Decimal(0)
ANNEE = 12


@dataclass(frozen=True)
class Droits:
    """Days of full pay and of half pay in a rolling year."""

    plein: int
    demi: int

    @property
    def total(self) -> int:
        """Days paid at all."""
        return self.plein + self.demi


SANS_DROITS = Droits(0, 0)


@dataclass(frozen=True)
class ArretMaladie:
    """A stop that counts, both ends included, with its duration in days and the rights on its first day."""

    debut: datetime.date
    fin: datetime.date
    jours: Decimal
    droits: Droits
    cle: int = 0


@dataclass(frozen=True)
class Part:
    """Days of full pay, of half pay, without pay."""

    plein: Decimal = ZERO
    demi: Decimal = ZERO
    sans: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """All of them."""
        return self.plein + self.demi + self.sans

    def __add__(self, autre: "Part") -> "Part":
        return Part(self.plein + autre.plein, self.demi + autre.demi, self.sans + autre.sans)


@dataclass(frozen=True)
class Compte:
    """What a stop took and what it leaves: `part.demi` days cut to half pay, `part.sans` days cut to none."""

    arret: ArretMaladie
    fenetre: Periode
    total_pris: Decimal
    reste_plein: Decimal
    reste_demi: Decimal
    part: Part

    def part_in(self, fenetre: Periode) -> Part:
        """Return the days of this stop that fall in a period: the first ones are those paid in full."""
        avant = _before(self.arret, fenetre.debut)
        jusqu = _before(self.arret, fenetre.fin + UN_JOUR)
        demi, sans = self.part.plein, self.part.plein + self.part.demi
        return Part(
            _shared(avant, jusqu, ZERO, demi),
            _shared(avant, jusqu, demi, sans),
            _shared(avant, jusqu, sans, self.part.total),
        )


@dataclass(frozen=True)
class Solde:
    """The clock on a day: days taken in the rolling months that count on it, and what is left.

    `arret`: the stop under way, whose own account this is; its months end on its first day.
    `impaye`: that stop is not paid at all, whatever is left of the rights.
    `dernier_plein`, `dernier_paye`: the latest days paid in full, and paid at all, of the stops up to that
    under way; None without one.
    """

    jour: datetime.date
    fenetre: Periode
    droits: Droits
    pris: Part
    mois: int = ANNEE
    arret: ArretMaladie | None = None
    impaye: bool = False
    dernier_plein: datetime.date | None = None
    dernier_paye: datetime.date | None = None

    @property
    def reste_plein(self) -> Decimal:
        """Days of full pay left."""
        return ZERO if self.impaye else max(ZERO, self.droits.plein - self.pris.plein)

    @property
    def reste_demi(self) -> Decimal:
        """Days of half pay left."""
        return ZERO if self.impaye else max(ZERO, self.droits.demi - self.pris.demi)


def window_of(jour: datetime.date, mois: int = ANNEE) -> Periode:
    """Return the rolling months that end on a day, that day included; after 29 February from 1 March on.

    >>> window_of(datetime.date(2025, 2, 28)).debut
    datetime.date(2024, 2, 29)
    """
    return Periode(add_months(jour, -mois) + UN_JOUR, jour)


def seniority(
    jour: datetime.date, embauche: datetime.date | None, hors_service: Iterable[Periode] = ()
) -> int | None:
    """Return whole years of service on a day, days of leave for personal business taken off; None unknown."""
    if embauche is None:
        return None
    otes = sum(periode.days_in(embauche, jour) for periode in hors_service)
    return max(0, years_between(embauche, jour + UN_JOUR - datetime.timedelta(days=otes)))


def count_rights(arrets: Iterable[ArretMaladie], perte_totale: int = 0, mois: int = ANNEE) -> list[Compte]:
    """Return what each stop took and left, oldest first.

    `perte_totale`: from that many days in the window on, a stop is not paid at all; 0 for no such rule.
    `mois`: how many rolling months the window of a stop holds.
    """
    comptes: list[Compte] = []
    for arret in sorted(arrets, key=lambda a: (a.debut, a.fin, a.cle)):
        comptes.append(_count(arret, comptes, perte_totale, mois))
    return comptes


def _count(arret: ArretMaladie, anterieurs: Sequence[Compte], perte_totale: int, mois: int) -> Compte:
    fenetre = window_of(arret.debut, mois)
    pris = sum_parts(anterieurs, Periode(fenetre.debut, max(fenetre.fin, arret.fin)))
    total = pris.total + arret.jours
    if perte_totale and total >= perte_totale:
        return Compte(arret, fenetre, total, ZERO, ZERO, Part(sans=arret.jours))
    plein = min(arret.jours, max(ZERO, arret.droits.plein - pris.plein))
    demi = min(arret.jours - plein, max(ZERO, arret.droits.demi - pris.demi))
    return Compte(
        arret,
        fenetre,
        total,
        max(ZERO, arret.droits.plein - pris.plein - plein),
        max(ZERO, arret.droits.demi - pris.demi - demi),
        Part(plein, demi, arret.jours - plein - demi),
    )


def balance_on(jour: datetime.date, comptes: Iterable[Compte], droits: Droits, mois: int = ANNEE) -> Solde:
    """Return the clock on a day, that day included: that of the stop under way, else of the months up to it.

    A stop keeps the months and the rights of its first day while it lasts: days that grow old meanwhile give
    nothing back to it. `droits`: those of who is on no stop that day.
    """
    suite = list(comptes)
    rang = next((r for r in reversed(range(len(suite))) if _runs(suite[r].arret, jour)), None)
    if rang is None:
        fenetre = window_of(jour, mois)
        return Solde(jour, fenetre, droits, sum_parts(suite, fenetre), mois)
    compte = suite[rang]
    arret, debut = compte.arret, compte.fenetre.debut
    pris = sum_parts(suite[:rang], Periode(debut, max(compte.fenetre.fin, arret.fin)))
    pris += compte.part_in(Periode(arret.debut, jour))
    impaye = ZERO < arret.jours == compte.part.sans
    jusque = suite[: rang + 1]
    pleins = [last_of(c.arret, c.part.plein) for c in jusque if c.part.plein]
    payes = [last_of(c.arret, c.part.plein + c.part.demi) for c in jusque if c.part.plein + c.part.demi]
    derniers = max(pleins, default=None), max(payes, default=None)
    return Solde(jour, Periode(debut, jour), arret.droits, pris, mois, arret, impaye, *derniers)


def last_of(arret: ArretMaladie, jours: Decimal) -> datetime.date:
    """The day of a stop on which so many of its days are spent: the first ones are paid first."""
    return max(arret.debut, arret.fin - datetime.timedelta(days=int(arret.jours - jours)))


def _runs(arret: ArretMaladie, jour: datetime.date) -> bool:
    return arret.debut <= jour <= arret.fin


def sum_parts(comptes: Iterable[Compte], fenetre: Periode) -> Part:
    """Add up the days of these stops that fall in a period."""
    return sum((compte.part_in(fenetre) for compte in comptes), Part())


def _before(arret: ArretMaladie, jour: datetime.date) -> Decimal:
    """Days of a stop spent before a day, its own duration at most; counted from the end when it straddles."""
    if jour > arret.fin:
        return arret.jours
    if jour <= arret.debut:
        return ZERO
    reste = Decimal((arret.fin - jour).days + 1)
    return max(ZERO, arret.jours - reste)


def _shared(debut: Decimal, fin: Decimal, de: Decimal, a: Decimal) -> Decimal:
    """Length that two intervals share."""
    return max(ZERO, min(fin, a) - max(debut, de))
