"""Questions about the former versions of conclusions."""

from typing import Any, Self

from django.db.models import Q, QuerySet

from agents.models import Agent


class ConclusionCorrigeeQuerySet(QuerySet):
    """Former versions of conclusions."""

    def visible_to(self, user: Any) -> Self:
        """Those of the agents whom this account sees, for who reads conclusions; else one's own alone.

        What changed the orientation alone is for care staff and the agent.
        """
        if not user.has_perm("visites.view_visite"):
            return self.none()
        vues = self.filter(visite__agent__in=Agent.objects.visible_to(user))
        if user.has_perm("visites.record_attestation"):
            return vues
        siennes = Q(visite__agent__compte=user)
        lues = Q(partagee=True) if user.has_perm("visites.view_conclusion") else Q(pk__in=[])
        return vues.filter(siennes | lues)
