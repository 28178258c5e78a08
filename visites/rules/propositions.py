"""What is proposed for a commitment whose agent left or moved, or that is to be reviewed."""

import datetime
from dataclasses import dataclass

from visites.enums import EtendueMesure


@dataclass(frozen=True)
class Place:
    """Where an agent stands against where he stood when the commitment was opened."""

    parti_le: datetime.date | None
    poste_change: bool
    structure_change: bool

    def left_on(self, jour: datetime.date) -> bool:
        """Whether the agent has left by this day."""
        return self.parti_le is not None and self.parti_le <= jour


@dataclass(frozen=True)
class Proposition:
    """Why the commitment is to be looked at, and what is proposed: to close it, to take it up, or neither."""

    pourquoi: str
    clore: bool = False
    reprendre: bool = False


def propose(
    place: Place, etendue: str, revue_le: datetime.date | None, jour: datetime.date
) -> Proposition | None:
    """Return what is proposed on this day; None when there is nothing to look at.

    What holds at one post alone ends with it; what holds at any post goes on where the agent now works.
    """
    if place.parti_le is not None and place.parti_le <= jour:
        return Proposition(f"L’agent est parti le {place.parti_le:%d/%m/%Y}.", clore=True)
    if place.poste_change and etendue == EtendueMesure.POSTE:
        return Proposition("L’agent a quitté le poste pour lequel cette restriction vaut.", clore=True)
    if place.poste_change or place.structure_change:
        quoi = "poste" if place.poste_change else "service"
        return Proposition(f"L’agent a changé de {quoi}\u202f: la restriction le suit.", reprendre=True)
    if revue_le is not None and revue_le <= jour:
        return Proposition(f"La date de revue est venue, le {revue_le:%d/%m/%Y}.")
    return None
