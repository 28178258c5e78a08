"""What an app declares of its records that contradict each other, or lack what every one of them has.

`<app>/contradictions.py` holds them, settings.CONTRADICTIONS names them, reporting shows them::

    def contradictions() -> tuple[Contradiction, ...]: ...

A question is a queryset, never a loop over the agents, and starts from visible_to(user).
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from nouvea_sst.lib.etats import EtatChoices


class Gravite(EtatChoices):
    """How bad it is: what cannot be true, what is hard to believe, what is missing."""

    ERREUR = "erreur", "À corriger", "is-late", "exclamation-triangle-fill"
    DOUTE = "doute", "À vérifier", "is-soon", "question-circle-fill"
    MANQUE = "manque", "À compléter", "is-neutral", "pencil"


def _as_it_is(lignes: QuerySet, user: Any) -> QuerySet:
    return lignes


@dataclass(frozen=True)
class Contradiction:
    """One kind of contradiction: what it is, which rows, and where each is put right.

    question: the rows on a day, as far as an account sees them. `lire` adds what `dire` writes of a row: its
    facts in one line, nothing about health. `agent` is the way from a row to its agent: "" when the row is
    one, None when there is none. `reparer` is the address of the screen that repairs, for who holds `droit`;
    the others get `ouvrir`. `droits`: all are needed to see the rows at all.
    """

    code: str
    libelle: str
    nom: str
    pourquoi: str
    gravite: Gravite
    question: Callable[[Any, datetime.date], QuerySet]
    dire: Callable[[Any], str]
    geste: str
    droit: str
    reparer: Callable[[Any], str]
    ouvrir: Callable[[Any], str]
    droits: tuple[str, ...] = ("agents.view_agent",)
    agent: str | None = ""
    lire: Callable[[QuerySet, Any], QuerySet] = _as_it_is

    def path(self, champ: str) -> str:
        """Return the way from a row to a column of its agent."""
        return f"{self.agent}__{champ}" if self.agent else champ

    def agent_of(self, ligne: Model) -> Any:
        """Return the agent of a row, None for a row without one."""
        if self.agent is None:
            return None
        return getattr(ligne, self.agent) if self.agent else ligne
