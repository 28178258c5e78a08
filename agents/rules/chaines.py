"""Chains of absences: which stops follow on as one leave, across kinds, and how many days they make.

Two stops follow on when no more days than the tolerance lie between them and their kinds may: the same kind,
two kinds that prolong each other (sirh.md §5.1), or two leaves of one accident. An accident followed at once
by an illness makes two chains.
"""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from operator import itemgetter
from typing import Any, NamedTuple

from agents.enums import FamilleAbsence

DEMI = Decimal("0.5")
ACCIDENT = FamilleAbsence.ACCIDENT.value


class Maillon(NamedTuple):
    """One absence of a chain; `accident` is the key of the absence of the accident that it belongs to.

    The rules read it by position: a plain row in this order, with more columns after it, does as well.
    """

    pk: int
    debut: datetime.date
    fin: datetime.date
    type: int
    famille: str
    prolonge: bool
    debut_apres_midi: bool = False
    fin_matin: bool = False
    accident: int | None = None

    @property
    def jours(self) -> Decimal:
        """Calendar days, half days counted as such."""
        demis = 2 * (self.fin.toordinal() - self.debut.toordinal() + 1)
        return (demis - self.debut_apres_midi - self.fin_matin) * DEMI


LARGEUR = len(Maillon._fields)
AGENT = LARGEUR
Ligne = tuple[Any, ...]  # a Maillon, or a row in its order: naming two hundred thousand costs too much
_start = itemgetter(1, 6, 2, 0)


class Chaine(NamedTuple):
    """Absences that make one leave, oldest first."""

    lignes: tuple[Ligne, ...]
    debut: datetime.date
    fin: datetime.date
    demis: int

    @property
    def maillons(self) -> tuple[Maillon, ...]:
        """The absences, with names."""
        return tuple(Maillon(*ligne[:LARGEUR]) for ligne in self.lignes)

    @property
    def jours(self) -> Decimal:
        """Calendar days absent: a day between two stops does not count, half a day counts as such."""
        return self.demis * DEMI

    @property
    def familles(self) -> frozenset[str]:
        """What the absences count as."""
        return frozenset(ligne[4] for ligne in self.lignes)

    @property
    def types(self) -> frozenset[int]:
        """Codes of the kinds."""
        return frozenset(ligne[3] for ligne in self.lignes)


def build_chaines(maillons: Iterable[Ligne], tolerance: int = 0) -> list[Chaine]:
    """Return the chains of one agent, oldest first; his absences come in any order, overlapping or not."""
    lignes = sorted(maillons, key=_start)
    return build_all(((*ligne[:LARGEUR], 0) for ligne in lignes), tolerance).get(0, [])


def build_all(lignes: Iterable[Ligne], tolerance: int = 0) -> dict[int, list[Chaine]]:
    """Return the chains of each agent, oldest first.

    A row is a Maillon and then the agent; rows of an agent follow each other, oldest start first.
    """
    par_agent: dict[int, list[Chaine]] = {}
    marge = tolerance + 1
    courant: int | None = None
    chaines: list[Chaine] = []
    groupe: list[Ligne] = []
    limite = 0
    for ligne in lignes:
        debut = ligne[1].toordinal()
        if debut <= limite and ligne[AGENT] == courant:
            groupe.append(ligne)
            limite = max(limite, ligne[2].toordinal() + marge)
            continue
        if groupe:
            _close(groupe, marge, chaines)
        if ligne[AGENT] != courant:
            courant = ligne[AGENT]
            par_agent[courant] = chaines = []
        groupe = [ligne]
        limite = ligne[2].toordinal() + marge
    if groupe:
        _close(groupe, marge, chaines)
    return par_agent


def _close(groupe: list[Ligne], marge: int, chaines: list[Chaine]) -> None:
    """Add the chains of stops that no long gap parts, whatever their kinds; most stops stand alone."""
    if len(groupe) > 1:
        chaines.extend(_split(groupe, marge))
        return
    ligne = groupe[0]
    debut, fin = ligne[1], ligne[2]
    demis = 2 * (fin.toordinal() - debut.toordinal() + 1) - ligne[6] - ligne[7]
    chaines.append(Chaine._make(((ligne,), debut, fin, demis)))


def _split(groupe: list[Ligne], marge: int) -> list[Chaine]:
    """Part neighbouring stops into chains by what they may follow; a stop may tie two of them together."""
    groupe.sort(key=_start)
    suites: list[list[Ligne]] = []
    portees: dict[object, int] = {}  # last day after which a stop of this key no longer follows
    places: dict[object, list[Ligne]] = {}
    for ligne in groupe:
        debut, portee = ligne[1].toordinal(), ligne[2].toordinal() + marge
        cles = _keys(ligne)
        jointes: list[list[Ligne]] = []
        for cle in cles:
            if debut <= portees.get(cle, 0) and not any(places[cle] is suite for suite in jointes):
                jointes.append(places[cle])
        suite = jointes[0] if jointes else []
        if not jointes:
            suites.append(suite)
        for autre in jointes[1:]:
            suite.extend(autre)
            autre.clear()
            places.update({cle: suite for cle, place in places.items() if place is autre})
        suite.append(ligne)
        for cle in cles:
            portees[cle] = max(portees.get(cle, 0), portee)
            places[cle] = suite
    return sorted((_measure(suite) for suite in suites if suite), key=lambda c: _start(c.lignes[0]))


def _keys(ligne: Ligne) -> tuple[object, ...]:
    """What a stop may follow: two of them follow on when they share one of these."""
    nature: object = "prolonge" if ligne[5] else ligne[3]
    if ligne[4] != ACCIDENT:
        return (nature,)
    return nature, (ACCIDENT, ligne[0] if ligne[8] is None else ligne[8])


def _measure(suite: list[Ligne]) -> Chaine:
    """Return the chain of these stops; a half day that two of them hold counts once."""
    suite.sort(key=_start)
    demis = occupe = 0
    for ligne in suite:
        premier = max(2 * ligne[1].toordinal() + ligne[6], occupe + 1)
        dernier = 2 * ligne[2].toordinal() + 1 - ligne[7]
        if dernier >= premier:
            demis += dernier - premier + 1
            occupe = dernier
    return Chaine(tuple(suite), suite[0][1], max(ligne[2] for ligne in suite), demis)
