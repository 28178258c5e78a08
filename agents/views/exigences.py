"""The demands of a post: seen and entered on one page."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from agents.actions import set_exigences
from agents.forms.exigences import ExigencesForm
from agents.models import Poste, TypeExigence
from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.lib.versions import VersionPerimee

PERIMEE = "Ce poste vient de changer : relisez ses exigences avant d’enregistrer."


@require_perm("agents.change_structure")
@require_form
def exigences(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what a post asks for, from its description; « comme » proposes those of another post."""
    postes = Poste.objects.visible_to(request.user)
    poste = get_object_or_404(postes, pk=pk)
    lignes = list(poste.exigences.select_related("type"))
    deja = [ligne.type_id for ligne in lignes]
    types = list(TypeExigence.objects.filter(Q(actif=True) | Q(pk__in=deja)).order_by("ordre", "libelle"))
    modele = _model_of(request, postes)
    initial = ExigencesForm.initial_of(list(modele.exigences.all()) if modele else lignes, poste.version)
    form = ExigencesForm(request.POST or None, types=types, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_exigences(
                acteur=request.user,
                poste_id=pk,
                version=form.cleaned_data["version"],
                exigences=form.read(),
            )
        except VersionPerimee as refus:
            form.add_error(None, PERIMEE)
            form.data = request.POST.copy()
            form.data["version"] = str(refus.objet.version)  # type: ignore[attr-defined]
        else:
            messages.success(request, f"Les exigences du poste {poste} sont enregistrées.")
            return redirect("agents:poste_corriger", pk)
    contexte = {
        "poste": poste,
        "form": form,
        "modele": modele,
        "autres": postes.filter(exigences__isnull=False).exclude(pk=pk).distinct().order_by("intitule"),
    }
    return render(request, "agents/exigences.html", contexte)


def _model_of(request: HttpRequest, postes: Any) -> Poste | None:
    """The post whose demands are proposed, before anything is sent."""
    comme = request.GET.get("comme", "")
    if request.method == "POST" or not (comme.isascii() and comme.isdecimal() and len(comme) < 10):
        return None
    return postes.filter(pk=comme).first()
