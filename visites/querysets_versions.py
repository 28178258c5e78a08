"""Questions about the former versions of conclusions."""

from typing import Any, Self

from django.db.models import QuerySet

from agents.models import Agent


class ConclusionCorrigeeQuerySet(QuerySet):
    """Former versions of conclusions."""

    def visible_to(self, user: Any) -> Self:
        """Those of the agents whom this account sees, for who reads conclusions; else one's own alone."""
        if not user.has_perm("visites.view_visite"):
            return self.none()
        vues = self.filter(visite__agent__in=Agent.objects.visible_to(user))
        return vues if user.has_perm("visites.view_conclusion") else vues.filter(visite__agent__compte=user)
