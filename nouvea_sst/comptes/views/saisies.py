"""What one typed and could not send comes back, to oneself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_BAD_ORIGIN
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from nouvea_sst.comptes.acces import acces_connecte
from nouvea_sst.comptes.actions import drop_saisie
from nouvea_sst.comptes.models import SaisieGardee
from nouvea_sst.comptes.rules.saisies import GARDE
from nouvea_sst.comptes.saisies import (
    CONFLIT,
    comes_back,
    describe_saisie,
    keep_typed,
    never_kept,
    show_again,
)

_ORIGINE = REASON_BAD_ORIGIN.partition("%")[0]


@acces_connecte
@require_safe
def saisies(request: HttpRequest) -> HttpResponse:
    """Show what one typed and could not send, each with its button to send it again."""
    gardees = SaisieGardee.objects.visible_to(request.user).kept_since(timezone.now() - GARDE)
    lignes = [
        describe_saisie(saisie.adresse, saisie.champs, saisie.fichiers) | {"saisie": saisie}
        for saisie in gardees
    ]
    return render(request, "comptes/saisies.html", {"lignes": lignes})


@acces_connecte
@require_POST
def saisie_abandonner(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up what was kept."""
    get_object_or_404(SaisieGardee.objects.visible_to(request.user), pk=pk)
    if drop_saisie(acteur=request.user, saisie_id=pk):
        messages.success(request, "La saisie gardée est effacée.")
    return redirect("comptes:saisies")


def formulaire_perime(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is too old: keep what it holds for the person who typed it, or give it back.

    Only a form that bears a mark of ours is kept or shown: another site cannot have its own offered for
    sending, and nobody puts a text under the account of another.
    """
    d_ici = not reason.startswith(_ORIGINE)
    gardee = keep_typed(request) if d_ici else None
    if d_ici and gardee is None and comes_back(request):
        return show_again(request)
    statut = CONFLIT if never_kept(request) else 403
    return render(request, "403_csrf.html", {"gardee": gardee}, status=statut)
