"""How often an alert was right, by quarter and by rule, once somebody decided."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from nouvea_sst.lib.dates import add_months

TRIMESTRES = 8


@dataclass(frozen=True)
class Precision:
    """The alerts of a rule raised in a quarter: what became of them."""

    trimestre: datetime.date
    regle: str
    levees: int
    ouvertes: int
    traitees: int
    justes: int
    fausses: int
    caduques: int

    @property
    def taux(self) -> Decimal | None:
        """Percent of those decided that were right to be raised; None while nobody decided one."""
        bonnes = self.traitees + self.justes
        decidees = bonnes + self.fausses
        return Decimal(100 * bonnes) / decidees if decidees else None


def read_precisions(lignes: Iterable[Mapping[str, Any]]) -> list[Precision]:
    """Return the figures as the database counts them."""
    return [Precision(**ligne) for ligne in lignes]


def quarter_of(jour: datetime.date) -> datetime.date:
    """Return the first day of the quarter of a day."""
    return jour.replace(month=3 * ((jour.month - 1) // 3) + 1, day=1)


def end_of_quarter(debut: datetime.date) -> datetime.date:
    """Return the last day of the quarter that begins on a day."""
    return add_months(debut, 3) - datetime.timedelta(days=1)


def last_quarters(jour: datetime.date) -> list[datetime.date]:
    """Return the first days of the last quarters, the one under way first."""
    return [add_months(quarter_of(jour), -3 * rang) for rang in range(TRIMESTRES)]


def quarter_key(debut: datetime.date) -> str:
    """Write a quarter for an address: « 2026t4 »."""
    return f"{debut.year}t{(debut.month + 2) // 3}"


def name_quarter(debut: datetime.date) -> str:
    """Write a quarter: « 4e trimestre 2026 »."""
    rang = (debut.month + 2) // 3
    return f"{rang}{'er' if rang == 1 else 'e'} trimestre {debut.year}"
