"""What a search gives back."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Window

from nouvea_sst.lib.etats import EtatChoices
from reporting.rules.recherche import Saisie


@dataclass(frozen=True)
class Resultat:
    """One record that the account may open."""

    titre: str
    url: str
    texte: str = ""
    membre: EtatChoices | None = None
    exact: bool = False  # its own number was typed
    premier: bool = False  # its own sigle was typed


@dataclass(frozen=True)
class Genre:
    """The results of one kind: the first ones, how many there are, the list that shows them all."""

    cle: str
    titre: str
    icone: str
    resultats: Sequence[Resultat]
    total: int
    url: str = ""

    @property
    def reste(self) -> int:
        """How many are not shown."""
        return self.total - len(self.resultats)


Trouveur = Callable[[Any, Saisie, datetime.date, int], list[Genre]]


def first_rows(lignes: QuerySet, limite: int) -> tuple[list[Any], int]:
    """Return the first rows and how many there are, in one question."""
    lues = list(lignes.annotate(total_trouve=Window(Count("pk")))[:limite])
    return lues, lues[0].total_trouve if lues else 0


def make_genre(
    cle: str, titre: str, icone: str, lus: tuple[Sequence[Resultat], int], url: str = ""
) -> list[Genre]:
    """Return the kind as a list of one, or of none without result."""
    resultats, total = lus
    return [Genre(cle, titre, icone, resultats, total, url)] if resultats else []
