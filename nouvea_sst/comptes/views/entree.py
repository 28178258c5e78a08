"""Log-in, log-out, own password: allauth's views, with our access marks."""

from typing import Any

from allauth.account.views import LoginView, LogoutView, PasswordChangeView
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import acces_connecte, acces_public, require_form
from nouvea_sst.comptes.demonstration import read_demo_accounts

MOTIFS = {
    "gardee": "Votre session était terminée. Ce que vous aviez tapé est gardé : connectez-vous avec le même "
    "compte pour le retrouver.",
    "inactivite": "Votre session s’est fermée après un temps sans activité.",
    "duree": "Votre session a atteint sa durée maximale.",
    "choisi": "Votre mot de passe est enregistré : connectez-vous.",
    "fin": "Votre session est terminée.",
}


class ConnexionView(LoginView):
    """Log-in page; in demonstration it shows the invented accounts."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add why one is here, and the demonstration accounts, none elsewhere."""
        comptes = read_demo_accounts(settings.VAR) if settings.DEMONSTRATION else []
        motif = MOTIFS.get(self.request.GET.get("motif", ""), "")
        return super().get_context_data(comptes_demo=comptes, motif=motif, **kwargs)


# Each action has its own transaction: an attempt stays counted whatever follows, and nobody's wait holds
# up another's.
@transaction.non_atomic_requests
@acces_public
@require_form
def connexion(request: HttpRequest) -> HttpResponse:
    """Log in."""
    return ConnexionView.as_view()(request)


@acces_connecte
@require_form
def deconnexion(request: HttpRequest) -> HttpResponse:
    """Log out, on POST; the browser forgets the pages it was shown."""
    reponse = LogoutView.as_view()(request)
    if request.method == "POST":
        reponse["Clear-Site-Data"] = '"cache", "storage"'
    return reponse


class MotDePasseView(PasswordChangeView):
    """Change of one's own password; the adapter writes it and closes one's other sessions."""

    def get_success_url(self) -> str:
        """Go back to the day's work."""
        return reverse("accueil")


@transaction.non_atomic_requests
@acces_connecte
@require_form
def mot_de_passe(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    return MotDePasseView.as_view()(request)


@acces_public
@require_safe
def ferme(request: HttpRequest) -> HttpResponse:
    """Say that the account is closed."""
    return render(request, "account/ferme.html", status=403)
