"""What replaces the libraries' own way: nobody signs up by himself, and rights come from the role alone."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest


class AdaptateurCompte(DefaultAccountAdapter):
    """Accounts are made by the administrator."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "L’identifiant ou le mot de passe ne convient pas.",
        "too_many_login_attempts": "Trop d’essais. Attendez cinq minutes avant de recommencer.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no."""
        return False


class DroitsDuRole(ModelBackend):
    """Django’s backend without the permissions of one person: they count for nothing and cost a query."""

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Return nothing: the matrix gives rights to roles."""
        return set()
