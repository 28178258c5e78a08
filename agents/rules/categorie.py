"""Which medical follow-up an agent has: the strongest that his post or a personal reason asks for."""

from collections.abc import Iterable

from agents.enums import CategorieSuivi

FORCE = {CategorieSuivi.SIMPLE: 0, CategorieSuivi.ADAPTE: 1, CategorieSuivi.RENFORCE: 2}


def followup_category(poste: str | None, raisons: Iterable[str] = ()) -> CategorieSuivi:
    """Return renforcé before adapté before simple, from the post's category and the reasons open that day.

    Without post nor reason the follow-up is simple. Raises ValueError for a category that does not exist.
    """
    demandees = [CategorieSuivi(c) for c in ([poste] if poste else []) + list(raisons)]
    return max(demandees, key=FORCE.__getitem__, default=CategorieSuivi.SIMPLE)
