"""Questions about the links by which agents answer."""

from typing import Any, Self

from django.db import models

from agents.models import Agent


class LienReponseQuerySet(models.QuerySet):
    """Links sent to agents; whoever holds one needs no account, and asks by its token."""

    def visible_to(self, user: Any) -> Self:
        """Those of the appointments that this account may place."""
        if not user.has_perm("visites.plan_visite"):
            return self.none()
        return self.filter(visite__agent__in=Agent.objects.visible_to(user))

    def open(self) -> Self:
        """Neither used nor replaced."""
        return self.filter(fini_le__isnull=True)
