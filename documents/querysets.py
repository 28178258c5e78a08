"""Questions about issued documents."""

from typing import Any, Self

from django.db import models

from agents.models import Agent


class DocumentQuerySet(models.QuerySet):
    """Issued documents."""

    def visible_to(self, user: Any) -> Self:
        """Documents of the agents whom this account sees, if its role opens documents."""
        if not user.has_perm("documents.view_document"):
            return self.none()
        return self.filter(agent__in=Agent.objects.visible_to(user))
