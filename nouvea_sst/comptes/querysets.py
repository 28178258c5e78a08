"""Questions about accounts and the journal."""

from typing import Any, Self

from django.contrib.auth.models import UserManager
from django.db import models


class UtilisateurManager(UserManager):
    """Accounts by name of use; a superuser cannot be made."""

    def create_superuser(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse: no account is ever superuser."""
        raise ValueError("Aucun compte ne peut être superutilisateur : utilisez creer_compte.")


class JournalQuerySet(models.QuerySet):
    """Lines of the journal."""

    def visible_to(self, user: Any) -> Self:
        """Everything for those who may read the journal, nothing for the others."""
        return self.all() if user.has_perm("comptes.view_journal") else self.none()

    def about_agent(self, cles: list[str]) -> Self:
        """Lines that concern an agent under any of his keys."""
        return self.filter(agent_cle__in=cles)
