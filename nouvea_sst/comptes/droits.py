"""Where an account's rights come from: the group of its role, nothing else."""

from typing import Any

from django.contrib.auth.backends import ModelBackend


class DroitsDuRole(ModelBackend):
    """Django’s backend without the permissions of one person: they count for nothing and cost a query."""

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Return nothing: the matrix gives rights to roles."""
        return set()
