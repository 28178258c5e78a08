"""When a professional is away, and what that keeps from standing in his half-days."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Empechement:
    """From a day to a day, both included; with hours, that part of one day. `mots`: « en congé »."""

    debut: datetime.date
    fin: datetime.date
    mots: str
    de: datetime.time | None = None
    jusqu_a: datetime.time | None = None

    def meets(self, date: datetime.date, debut: datetime.time, fin: datetime.time) -> bool:
        """Whether it covers any of the hours from debut to fin of this day."""
        if not self.debut <= date <= self.fin:
            return False
        return self.de is None or self.jusqu_a is None or (self.de < fin and debut < self.jusqu_a)

    def overlaps(self, autre: "Empechement") -> bool:
        """Whether both cover some hour."""
        if self.fin < autre.debut or autre.fin < self.debut:
            return False
        if self.de is None or self.jusqu_a is None or autre.de is None or autre.jusqu_a is None:
            return True
        return self.de < autre.jusqu_a and autre.de < self.jusqu_a

    @property
    def quand(self) -> str:
        """« du 25/11 au 26/11 », « le 25/11 », « le 25/11 de 10:00 à 11:30 »."""
        if self.debut != self.fin:
            return f"du {self.debut:%d/%m} au {self.fin:%d/%m}"
        heures = f" de {self.de:%H:%M} à {self.jusqu_a:%H:%M}" if self.de and self.jusqu_a else ""
        return f"le {self.debut:%d/%m}{heures}"


def after(heure: datetime.time, minutes: int) -> datetime.time:
    """The hour so many minutes later, on the same day.

    >>> after(datetime.time(8, 50), 20)
    datetime.time(9, 10)
    """
    fin = min(heure.hour * 60 + heure.minute + minutes, 24 * 60 - 1)
    return datetime.time(*divmod(fin, 60))


def met_at(
    absences: Iterable[Empechement], date: datetime.date, heure: datetime.time, minutes: int
) -> Empechement | None:
    """The first absence that so many minutes from this hour would meet; None without."""
    fin = after(heure, minutes)
    return next((a for a in absences if a.meets(date, heure, fin)), None)


def refuse_away(
    *, jour: datetime.date, demande: Empechement, autres: Iterable[Empechement], connu: bool = False
) -> list[tuple[str, str]]:
    """Refusals of an absence as (field, French sentence); a `connu` one may have begun, not have ended."""
    if demande.fin < demande.debut:
        return [("date_fin", "La fin précède le début.")]
    if demande.fin < jour:
        return [("date_fin", f"Le {demande.fin:%d/%m/%Y} est passé.")]
    if demande.debut < jour and not connu:
        return [("date_debut", f"Le {demande.debut:%d/%m/%Y} est passé.")]
    refus = _refuse_hours(demande)
    if not refus:
        double = next((a for a in autres if a.overlaps(demande)), None)
        if double is not None:
            refus = [("date_debut", f"Une absence est déjà notée {double.quand}.")]
    return refus


def _refuse_hours(demande: Empechement) -> list[tuple[str, str]]:
    de, jusqu_a = demande.de, demande.jusqu_a
    if de is None and jusqu_a is None:
        return []
    if de is None or jusqu_a is None:
        manque = "debut" if de is None else "fin"
        return [(manque, "Dites les deux heures, ou aucune pour la journée entière.")]
    if demande.debut != demande.fin:
        return [("debut", "Des heures se disent pour un seul jour.")]
    if jusqu_a <= de:
        return [("fin", "La fin précède le début.")]
    return []
