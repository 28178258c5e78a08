"""One administrative position a day: where several cover it, the one that began last is the agent's own."""

import datetime
from collections.abc import Iterable, Sequence

from visites.rules.bareme import Position

JOUR = datetime.timedelta(days=1)


def lay_out(positions: Sequence[Position]) -> Sequence[Position]:
    """Return positions, sorted by first day, of which no two share a day; each names those that it covers.

    The same ones when none overlaps. Of two that begin on one day the later row wins; a position goes on once
    a shorter one within it has ended.
    """
    if all(avant.fin is not None and avant.fin < apres.debut for avant, apres in _pairs(positions)):
        return positions
    bornes = {position.debut for position in positions}
    bornes |= {position.fin + JOUR for position in positions if position.fin is not None}
    jours = sorted(bornes)
    posees: list[Position] = []
    for debut, suivant in zip(jours, [*jours[1:], None], strict=True):
        ouvertes = [p for p in positions if p.debut <= debut and (p.fin is None or p.fin >= debut)]
        if not ouvertes:
            continue
        *couvertes, tenue = ouvertes
        fin = None if suivant is None else suivant - JOUR
        mots = " ; ".join(_words(position) for position in couvertes if position[2:6] != tenue[2:6])
        avant = posees[-1] if posees else None
        if avant is not None and avant[2:6] == tenue[2:6] and avant.fin == debut - JOUR:
            posees[-1] = avant._replace(fin=fin, couvre=avant.couvre or mots)
        else:
            posees.append(tenue._replace(debut=debut, fin=fin, couvre=mots))
    return posees


def position_on(positions: Sequence[Position], jour: datetime.date) -> Position | None:
    """The position of a day; None without any."""
    return next((p for p in positions if p.debut <= jour and (p.fin is None or p.fin >= jour)), None)


def cover_fact(position: Position) -> list[dict[str, str]]:
    """The line of a proof that says which positions this one covers; none when it covers none."""
    if not position.couvre:
        return []
    mots = f"{_words(position)} l’emporte, la dernière commencée, sur\u202f: {position.couvre}"
    return [{"libelle": "Positions qui se recouvrent", "valeur": mots}]


def _pairs(positions: Sequence[Position]) -> Iterable[tuple[Position, Position]]:
    return zip(positions, positions[1:], strict=False)


def _words(position: Position) -> str:
    fin = f" au {position.fin:%d/%m/%Y}" if position.fin is not None else ""
    return f"{position.libelle}, du {position.debut:%d/%m/%Y}{fin}"
