"""Asks every source, and puts first what was most likely meant."""

import datetime
from collections.abc import Sequence
from typing import Any

from reporting.recherche.agents import find_agents, find_places, find_structures
from reporting.recherche.elements import Genre, Resultat, Trouveur
from reporting.recherche.pages import find_pages
from reporting.recherche.porteurs import find_comptes, find_reference
from reporting.recherche.registres import find_records
from reporting.recherche.seances import find_days, find_imports, find_sessions
from reporting.rules.recherche import Saisie

SOURCES: tuple[Trouveur, ...] = (
    find_agents,
    find_structures,
    find_records,
    find_sessions,
    find_days,
    find_places,
    find_imports,
    find_comptes,
    find_reference,
    find_pages,
)
# Kinds whose rows speak of people: their reading is journalled.
NOMINATIFS = frozenset({"agents", "signalements", "accidents", "comptes"})


def find_all(user: Any, saisie: Saisie, jour: datetime.date, limite: int) -> list[Genre]:
    """Return the kinds with results; a kind whose own number or sigle was typed stands first."""
    if saisie.refus is not None:
        return []
    genres = [genre for source in SOURCES for genre in source(user, saisie, jour, limite)]
    return sorted(genres, key=lambda genre: not any(r.exact or r.premier for r in genre.resultats))


def sole_answer(saisie: Saisie, genres: Sequence[Genre]) -> Resultat | None:
    """Return the one record whose number was typed, or the only result of a typed number; else nothing."""
    exacts = [r for genre in genres for r in genre.resultats if r.exact]
    if len(exacts) == 1:
        return exacts[0]
    seul = genres[0].resultats[0] if sum(genre.total for genre in genres) == 1 else None
    return seul if saisie.est_nombre else None


def count_people(genres: Sequence[Genre]) -> int:
    """Return how many rows shown speak of people."""
    return sum(len(genre.resultats) for genre in genres if genre.cle in NOMINATIFS)
