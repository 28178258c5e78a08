"""Log-in, log-out, own password: allauth's views, with our access marks."""

from typing import Any

from allauth.account.views import LoginView, LogoutView, PasswordChangeView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import acces_connecte, acces_public, require_form
from nouvea_sst.comptes.corbeille import RetablissementRefuse, put_back
from nouvea_sst.comptes.demonstration import read_demo_accounts
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.comptes.models import Retrait
from nouvea_sst.comptes.tables import RetraitTable
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.listes import Liste, export_words, liste, render_list


class ConnexionView(LoginView):
    """Log-in page; in demonstration it shows the invented accounts."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demonstration accounts, none elsewhere."""
        comptes = read_demo_accounts(settings.VAR) if settings.DEMONSTRATION else []
        return super().get_context_data(comptes_demo=comptes, **kwargs)


@acces_public
@require_form
def connexion(request: HttpRequest) -> HttpResponse:
    """Log in."""
    return ConnexionView.as_view()(request)


@acces_connecte
@require_form
def deconnexion(request: HttpRequest) -> HttpResponse:
    """Log out, on POST."""
    return LogoutView.as_view()(request)


class MotDePasseView(PasswordChangeView):
    """Change of one's own password."""

    def get_success_url(self) -> str:
        """Go back to the day's work."""
        return reverse("accueil")


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


@acces_connecte
@require_safe
@liste
def corbeille(request: HttpRequest) -> HttpResponse:
    """Show what was taken away over thirty days and may be put back."""
    retraits = Retrait.objects.visible_to(request.user).waiting().select_related("retire_par")
    libelle = count_of(retraits.count(), "élément retiré,éléments retirés")
    record_consultation(
        acteur=request.user, acte="comptes.corbeille", libelle=f"{libelle}{export_words(request, False)}"
    )
    definition = Liste(
        queryset=retraits,
        table=RetraitTable,
        modele="comptes/corbeille.html",
        nom_fichier="corbeille",
        exportable=False,
    )
    return render_list(request, definition)


@acces_connecte
@require_form
def retablir(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then put a record back; a message brings its button straight to the second step."""
    retrait = get_object_or_404(Retrait.objects.visible_to(request.user), pk=pk)
    if request.method != "POST":
        record_consultation(acteur=request.user, acte="comptes.retablir", objet=retrait)
        return render(request, "comptes/retablir.html", {"retrait": retrait})
    try:
        put_back(acteur=request.user, retrait_id=pk, maintenant=timezone.now())
        messages.success(request, f"« {retrait} » est rétabli.")
    except RetablissementRefuse as refus:
        messages.error(request, f"« {retrait} » n’est pas rétabli. {refus}")
    return redirect(retrait.adresse)
