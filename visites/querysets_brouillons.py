"""Questions about the drafts of conclusions: each professional reads his own."""

from typing import Any, Self

from django.db.models import Exists, OuterRef, QuerySet


class BrouillonConclusionQuerySet(QuerySet):
    """Drafts of conclusions."""

    def visible_to(self, user: Any) -> Self:
        """One's own, nobody else's; which visit one may conclude is asked of the visit."""
        return self.filter(compte=user)

    def mark(self, visites: QuerySet) -> QuerySet:
        """Return the visits, each with `a_brouillon`: whether one of these drafts is about it."""
        return visites.annotate(a_brouillon=Exists(self.filter(visite=OuterRef("pk"))))
