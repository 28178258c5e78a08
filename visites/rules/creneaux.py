"""Slots of a half-day, and the days of a series of half-days."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from nouvea_sst.lib.dates import SAMEDI

SEMAINE = datetime.timedelta(days=7)
TROP_LOIN = "Le {:%d/%m/%Y} est trop loin : les visites se placent jusqu’au {:%d/%m/%Y}."


def minutes_of(heure: datetime.time) -> int:
    """Minutes since midnight."""
    return heure.hour * 60 + heure.minute


def hours_of(debut: datetime.time, fin: datetime.time, duree: int) -> list[datetime.time]:
    """Hours at which a visit of `duree` minutes may begin so that it ends by `fin`."""
    derniere = minutes_of(fin) - duree
    return [datetime.time(*divmod(m, 60)) for m in range(minutes_of(debut), derniere + 1, duree)]


def hours_taken(
    heures: Collection[datetime.time], duree: int, prises: Collection[tuple[datetime.time, int]]
) -> set[datetime.time]:
    """Those of `heures` at which `duree` minutes would meet one of `prises`, each (hour, minutes)."""
    occupees = [(minutes_of(debut), minutes_of(debut) + longue) for debut, longue in prises]
    return {
        h
        for h in heures
        if any(minutes_of(h) < fin and debut < minutes_of(h) + duree for debut, fin in occupees)
    }


@dataclass(frozen=True)
class Serie:
    """The days of a series, and those left out, each with why."""

    jours: list[datetime.date] = field(default_factory=list)
    passes: list[tuple[datetime.date, str]] = field(default_factory=list)


def days_of(
    premier: datetime.date, dernier: datetime.date, semaines: int, feries: Mapping[datetime.date, str]
) -> Serie:
    """Every `semaines` weeks from a day to a day, both included; days off are left out and told."""
    serie, jour = Serie(), premier
    while jour <= dernier:
        if jour in feries:
            serie.passes.append((jour, feries[jour]))
        else:
            serie.jours.append(jour)
        jour += SEMAINE * semaines
    return serie


def refuse_half_day(
    *,
    jour: datetime.date,
    date: datetime.date,
    heures: tuple[datetime.time, datetime.time],
    duree: int,
    feries: Collection[datetime.date],
    ailleurs: Mapping[datetime.date, str] = MappingProxyType({}),
) -> list[tuple[str, str]]:
    """Refusals of a half-day as (field, French sentence); empty when it may stand."""
    debut, fin = heures
    refus = []
    if date < jour:
        refus.append(("date", f"Le {date:%d/%m/%Y} est passé."))
    elif date.weekday() >= SAMEDI:
        nom = "samedi" if date.weekday() == SAMEDI else "dimanche"
        refus.append(("date", f"Le {date:%d/%m/%Y} est un {nom}."))
    elif date in feries:
        refus.append(("date", f"Le {date:%d/%m/%Y} est férié ou chômé."))
    elif date in ailleurs:
        refus.append(("date", f"Le {date:%d/%m/%Y} : {ailleurs[date]}."))
    if fin <= debut:
        refus.append(("fin", "La fin précède le début."))
    elif not hours_of(debut, fin, duree):
        refus.append(("duree", f"Aucun créneau de {duree} minutes ne tient entre ces heures."))
    return refus


def refuse_series(
    date: datetime.date, dernier: datetime.date, limite: datetime.date | None
) -> list[tuple[str, str]]:
    """Refusals of the days of a series, or of a half-day alone, as (field, French sentence).

    `limite` is the last day on which a visit may be placed: a half-day after it would stay empty.
    """
    if dernier < date:
        return [("jusqu_au", "La série finit avant de commencer.")]
    if limite is None or dernier <= limite:
        return []
    champ, jour = ("date", date) if date > limite else ("jusqu_au", dernier)
    return [(champ, TROP_LOIN.format(jour, limite))]
