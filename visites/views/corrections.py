"""A signed conclusion is corrected by a new version, which says why."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from nouvea_sst.comptes.acces import require_form, require_perm, sans_garde
from nouvea_sst.comptes.journal import record_consultation
from visites.models import BrouillonConclusion, Visite
from visites.perms import can_correct
from visites.views.conclusion import DROITS
from visites.views.saisie import Correction

FAITE = "Conclusion corrigée. La version d’avant reste lisible plus bas."


@require_perm(*DROITS)
@sans_garde
@require_form
def corriger(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a signed conclusion: what was signed, why it changes, and what each will read."""
    siens = BrouillonConclusion.objects.visible_to(request.user)
    vues = Visite.objects.visible_to(request.user).with_names()
    visite = get_object_or_404(siens.mark(vues), pk=pk)
    if not can_correct(request.user, visite):
        raise PermissionDenied
    saisie = Correction(request, visite)
    if request.method == "POST":
        corrigee = saisie.sign()
        if corrigee is not None:
            messages.success(request, FAITE)
            return redirect("visites:visite", pk)
    else:
        record_consultation(acteur=request.user, acte="visites.corriger", objet=visite, agent=visite.agent)
    return render(request, "visites/corriger.html", saisie.context())
