"""When the nightly feed passes, and which of its files a person must decide on."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

UN_JOUR = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Seuils:
    """Shares in hundredths beyond which a file waits; fewer rows than `minimum` never make it wait."""

    minimum: int
    refus: int
    changements: int
    partants: int
    reduction: int


@dataclass(frozen=True)
class Mesure:
    """What a file would do. precedentes: rows of the one before, of the same content; 0 for the first."""

    lignes: int
    crees: int
    modifies: int
    refuses: int
    partants: int
    precedentes: int


@dataclass(frozen=True)
class Exces:
    """A number of rows beyond its threshold, a share of so many."""

    quoi: str
    nombre: int
    sur: int
    seuil: int


def reasons_to_wait(mesure: Mesure, seuils: Seuils) -> list[Exces]:
    """Return why a file is not applied without a person; nothing when it may be.

    What a first file creates is no change: there is nothing yet that it could upset.
    """
    crees = mesure.crees if mesure.precedentes else 0
    manque = mesure.precedentes - mesure.lignes
    exces = (
        Exces("refus", mesure.refuses, mesure.lignes, seuils.refus),
        Exces("changements", crees + mesure.modifies, mesure.lignes, seuils.changements),
        Exces("partants", mesure.partants, mesure.lignes, seuils.partants),
        Exces("reduction", manque, mesure.precedentes, seuils.reduction),
    )
    return [e for e in exces if e.nombre >= seuils.minimum and e.nombre * 100 > e.seuil * e.sur]


def comes_too_late(sien: datetime.date | None, dernier: datetime.date | None) -> bool:
    """Whether a file of this day would undo what one of a later day wrote; without a day it never does."""
    return sien is not None and dernier is not None and sien < dernier


def next_passage(
    maintenant: datetime.datetime, heure: Decimal, derniere: datetime.datetime | None
) -> datetime.datetime:
    """Return when the feed passes next: at that hour, or as soon as it can when it has not passed since.

    maintenant and derniere, when it began last, are in local time.
    """
    minuit = maintenant.replace(hour=0, minute=0, second=0, microsecond=0)
    ce_jour = minuit + datetime.timedelta(minutes=int(heure * 60))
    due = ce_jour if maintenant >= ce_jour else ce_jour - UN_JOUR
    if derniere is None:
        return ce_jour
    return due if derniere < due else due + UN_JOUR
