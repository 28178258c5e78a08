"""What a rule on trial changes: the visits due with it held against those due without it."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from nouvea_sst.lib.dates import add_months
from visites.rules.confrontation import Ecarts

MOIS = 24
# How far a date moves, in days: the first bound that holds it names it.
PAS = (7, 30, 90)
APPARUES, DISPARUES, AVANCEES, RECULEES = "apparues", "disparues", "avancees", "reculees"
AUTREMENT, INCHANGEES = "autrement", "inchangees"
BOUGENT = (APPARUES, DISPARUES, AVANCEES, RECULEES)
# Where a visit stands on one side when it is in no month: late, after the last, without a day, not due.
RETARD, PLUS_TARD, SANS_JOUR, NON_DUE = "retard", "ensuite", "sans", ""


class Attendue(NamedTuple):
    """A visit due once a calculation is done; `reste` is whatever else that calculation writes of it."""

    jour: datetime.date | None
    motif: int
    reste: tuple[Any, ...]


def expected(ecarts: Ecarts) -> dict[str, Attendue]:
    """The visits due of an agent by occasion, once these changes are made; those put aside are none."""
    attendues = {
        due.cle: Attendue(
            due.jour,
            due.motif,
            (due.jour, due.regle.pk, due.fait_le, due.priorite, due.absences, due.preuve),
        )
        for due in ecarts.creees
    }
    for connue, due in ecarts.modifiees:
        reste = (due.jour, due.regle.pk, due.fait_le, due.priorite, due.absences, due.preuve)
        attendues[due.cle] = Attendue(connue.choisie or due.jour, due.motif, reste)
    for garde in ecarts.gardees:
        reste = (garde.calculee, garde.regle, garde.fait_le, garde.priorite, garde.absences, garde.preuve)
        attendues[garde.cle] = Attendue(garde.echeance, garde.motif, reste)
    return attendues


class Mouvement(NamedTuple):
    """One visit due without or with the rule on trial, as JSON keeps it: its days as text, empty for none."""

    agent: int
    motif: int
    effet: str
    avant: str
    apres: str

    @property
    def jours(self) -> tuple[datetime.date | None, datetime.date | None]:
        """Its day on each side."""
        avant, apres = (datetime.date.fromisoformat(jour) if jour else None for jour in self[3:])
        return avant, apres

    @property
    def ecart(self) -> int:
        """By how many days it moves; 0 unless it is due on a day on both sides."""
        avant, apres = self.jours
        return (apres - avant).days if avant is not None and apres is not None else 0

    @property
    def ampleur(self) -> str:
        """The bound that names how far it moves: « 7 », « 0 » beyond the last; empty without a move."""
        loin = abs(self.ecart)
        return str(next((pas for pas in PAS if loin <= pas), 0)) if loin else ""

    def place(self, cote: int, jour: datetime.date) -> str:
        """Where it stands before (0) or after (1) for a trial of this day: RETARD, « 2026-12 »…"""
        if self.effet == (APPARUES, DISPARUES)[cote]:
            return NON_DUE
        quand = self.jours[cote]
        if quand is None:
            return SANS_JOUR
        if quand < jour:
            return RETARD
        return f"{quand:%Y-%m}" if quand < add_months(jour.replace(day=1), MOIS) else PLUS_TARD


@dataclass
class Bilan:
    """What the rule on trial changes, agent after agent."""

    jour: datetime.date
    agents: int = 0
    erreurs: int = 0
    mouvements: list[Mouvement] = field(default_factory=list)

    def add(self, agent: int, avant: Mapping[str, Attendue], apres: Mapping[str, Attendue]) -> None:
        """Count one agent."""
        self.agents += 1
        self.mouvements += [compare(agent, avant.get(c), apres.get(c)) for c in {**avant, **apres}]

    def summary(self) -> dict[str, Any]:
        """The result as it is kept: every visit due, those that do not move included."""
        return {
            "agents": self.agents,
            "erreurs": self.erreurs,
            "mouvements": [list(mouvement) for mouvement in self.mouvements],
        }


def compare(agent: int, avant: Attendue | None, apres: Attendue | None) -> Mouvement:
    """Name what becomes of one visit due."""
    tenue: Any = apres or avant
    if avant is None or apres is None:
        effet = APPARUES if avant is None else DISPARUES
    elif avant == apres:
        effet = INCHANGEES
    elif avant.jour == apres.jour:
        effet = AUTREMENT
    elif avant.jour is None or apres.jour is None:
        effet = RECULEES if apres.jour is None else AVANCEES
    else:
        effet = RECULEES if apres.jour > avant.jour else AVANCEES
    return Mouvement(agent, tenue.motif, effet, _day(avant), _day(apres))


@dataclass
class Totaux:
    """The numbers of a trial: each is that of some of its rows."""

    effets: dict[str, Counter[int]] = field(default_factory=dict)
    amplitudes: Counter[tuple[str, str]] = field(default_factory=Counter)
    places: tuple[Counter[str], Counter[str]] = field(default_factory=lambda: (Counter(), Counter()))

    def total(self, effet: str) -> int:
        """How many visits due have this effect."""
        return sum(self.effets.get(effet, {}).values())

    def dues(self, cote: int) -> int:
        """How many visits are due before (0) or after (1)."""
        return sum(nombre for place, nombre in self.places[cote].items() if place != NON_DUE)

    def late(self, cote: int) -> int:
        """How many should have been held before the day of the trial."""
        return self.places[cote][RETARD]

    def months(self, jour: datetime.date) -> list[tuple[str, int, int]]:
        """(month, before, after) for the coming months; of the present one the days from `jour` on."""
        mois = [f"{add_months(jour.replace(day=1), rang):%Y-%m}" for rang in range(MOIS)]
        return [(m, self.places[0][m], self.places[1][m]) for m in mois]


def add_up(mouvements: Iterable[Mouvement], jour: datetime.date) -> Totaux:
    """Count the rows of a trial of this day."""
    totaux = Totaux()
    for mouvement in mouvements:
        totaux.effets.setdefault(mouvement.effet, Counter())[mouvement.motif] += 1
        if mouvement.ampleur:
            totaux.amplitudes[mouvement.effet, mouvement.ampleur] += 1
        for cote in (0, 1):
            totaux.places[cote][mouvement.place(cote, jour)] += 1
    return totaux


def carry(retard: int, mois: Sequence[int], capacite: int) -> list[int]:
    """What is left to hold at the end of each month if so many are held a month, the late ones first."""
    restes, reste = [], retard
    for nombre in mois:
        reste = max(0, reste + nombre - capacite)
        restes.append(reste)
    return restes


def _day(due: Attendue | None) -> str:
    return "" if due is None or due.jour is None else due.jour.isoformat()
