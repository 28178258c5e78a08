"""Questions about the former versions of conclusions."""

from typing import Any, Self

from django.db.models import QuerySet

from agents.models import Agent


class ConclusionCorrigeeQuerySet(QuerySet):
    """Former versions of conclusions."""

    def visible_to(self, user: Any) -> Self:
        """Those of the agents whom this account sees, for who reads conclusions: not for a manager."""
        if not user.has_perm("visites.view_conclusion"):
            return self.none()
        return self.filter(visite__agent__in=Agent.objects.visible_to(user))
