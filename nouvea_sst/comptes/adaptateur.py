"""What replaces the libraries' own way: nobody signs up by himself, and rights come from the role alone."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.module_loading import import_string

from nouvea_sst.comptes.actions import (
    change_password,
    close_oldest_sessions,
    note_attempt,
    note_failed_login,
    note_login,
    note_logout,
)
from nouvea_sst.comptes.models import DemandeCompte, SaisieGardee, Utilisateur
from nouvea_sst.comptes.rules.essais import describe_wait
from nouvea_sst.comptes.rules.saisies import GARDE
from nouvea_sst.comptes.rules.sessions import name_browser
from nouvea_sst.comptes.sessions import start

A_CONTESTER = (
    "Un changement de votre compte est approuvé et prendra effet bientôt. S’il n’est pas de vous, refusez-le "
    "dans le menu de votre compte, « Mes sessions »."
)


class AdaptateurCompte(DefaultAccountAdapter):
    """Accounts are made by the administrator; each way in and out leaves its line."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "enter_current_password": "Ce n’est pas votre mot de passe actuel.",
        "username_password_mismatch": "L’identifiant ou le mot de passe ne convient pas.",
        "too_many_login_attempts": "Trop d’essais depuis ce poste. Attendez quelques minutes.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Let a name be tried again only after its delay; allauth limits each address."""
        super().pre_authenticate(request, **credentials)
        attente = note_attempt(
            identifiant=credentials["username"],
            adresse=self.get_client_ip(request),
            maintenant=timezone.now(),
        )
        if attente:
            raise ValidationError(f"Trop d’essais. Attendez {describe_wait(attente)}, puis recommencez.")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave a line, the same for a wrong password and for an account that may not log in."""
        note_failed_login(identifiant=credentials["username"])

    def login(self, request: HttpRequest, user: Any) -> None:
        """Open the session, with what its owner will recognise it by; close the oldest ones too many."""
        super().login(request, user)
        maintenant, adresse = timezone.now(), self.get_client_ip(request)
        navigateur = name_browser(request.headers.get("User-Agent", ""))
        start(request.session, maintenant, navigateur, adresse)
        note_login(compte=user, adresse=adresse, maintenant=maintenant)
        ici, autres = request.session.session_key, settings.SESSIONS_PAR_COMPTE - 1
        if close_oldest_sessions(compte=user, maintenant=maintenant, sauf=ici, garder=autres):
            messages.info(request, "Votre session la plus ancienne s’est fermée : le nombre en est limité.")

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Go where one wanted to go, told what one may refuse; first to what one could not send."""
        reponse = super().post_login(request, user, **kwargs)
        if DemandeCompte.objects.may_be_opposed_by(user).exists():
            messages.warning(request, A_CONTESTER)
        gardees = SaisieGardee.objects.visible_to(user).kept_since(timezone.now() - GARDE)
        return redirect("comptes:saisies") if gardees.exists() else reponse

    def set_password(self, user: Any, password: str) -> None:
        """Write one's own new password and close one's other sessions."""
        change_password(
            compte=user,
            maintenant=timezone.now(),
            mot_de_passe=password,
            sauf=self.request.session.session_key,
        )

    def logout(self, request: HttpRequest) -> None:
        """Close the session."""
        note_logout(compte=request.user)  # type: ignore[arg-type]
        super().logout(request)


class DroitsDuRole(ModelBackend):
    """Django’s backend without the permissions of one person: they count for nothing and cost a query."""

    def get_user(self, user_id: Any) -> Utilisateur | None:
        """Read the account of a session, and in the same query what a later app says of its scope."""
        comptes = import_string(settings.LECTURE_DU_COMPTE)(Utilisateur.objects.all())
        compte = comptes.filter(pk=user_id).first()
        return compte if compte is not None and self.user_can_authenticate(compte) else None

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Return nothing: the matrix gives rights to roles."""
        return set()

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether the account is open and approved; asked anew at each request."""
        return bool(super().user_can_authenticate(user) and user.approuve_le)
