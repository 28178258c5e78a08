"""Questions about the lexicon, and about the words that were confirmed."""

from typing import Any, Self

from django.db.models import Q, QuerySet

from agents.models import Agent
from nouvea_sst.referentiel.querysets import EntreeQuerySet
from visites.rules.lexique import Lexique, Terme, compile_lexique


class MotCliniqueQuerySet(EntreeQuerySet):
    """Entries of the lexicon."""

    def lexique(self) -> Lexique:
        """The entries that are not put aside, ready to be looked for."""
        lignes = self.offered().order_by("pk").values_list("libelle", "genre", "debut")
        return compile_lexique(tuple(Terme(*ligne) for ligne in lignes))


class MotConfirmeQuerySet(QuerySet):
    """Words confirmed in shared texts."""

    def visible_to(self, user: Any) -> Self:
        """Those of the agents whom this account sees, for who reads requests: section and care staff."""
        if not user.has_perm("visites.view_demande"):
            return self.none()
        vus = Agent.objects.visible_to(user)
        return self.filter(Q(visite__agent__in=vus) | Q(demande__agent__in=vus) | Q(due__agent__in=vus))
