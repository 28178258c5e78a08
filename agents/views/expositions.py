"""What a post exposes to: entry, correction, deletion."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agents.actions import add_exposition, delete_exposition, update_exposition
from agents.forms.absences import SuppressionForm
from agents.forms.expositions import ExpositionCorrectionForm, ExpositionForm
from agents.models import ExpositionPoste, Poste
from agents.views.saisie import attempt
from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.lib.annulation import say_done

RETOUR = "agents:poste_corriger"
FAIT = "L’exposition est enregistrée ; les échéances des agents du poste sont recalculées."


@require_perm("agents.change_structure")
@require_form
@send_once
def exposition_ajouter(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a post exposes to."""
    poste = get_object_or_404(Poste.objects.visible_to(request.user), pk=pk)
    form = ExpositionForm(request.POST or None)
    if form.is_bound and form.is_valid():
        if attempt(form, lambda: add_exposition(acteur=request.user, poste_id=pk, **form.cleaned_data)):
            messages.success(request, FAIT)
            return redirect(RETOUR, pk)
    contexte = {"form": form, "poste": poste, "exposition": None, "conflit": None}
    return render(request, "agents/exposition.html", contexte)


@require_perm("agents.change_structure")
@require_form
def exposition_corriger(request: HttpRequest, pk: int, exposition: int) -> HttpResponse:
    """Correct an exposure, or end it."""
    poste, ligne = _find(request, pk, exposition)
    initial = ExpositionCorrectionForm.initial_of
    form = ExpositionCorrectionForm(request.POST or None, exposition=ligne, initial=initial(ligne))
    form.conflit = None
    if form.is_bound and form.is_valid():
        if attempt(
            form,
            lambda: update_exposition(acteur=request.user, exposition_id=ligne.pk, **form.cleaned_data),
            initial,
        ):
            messages.success(request, FAIT)
            return redirect(RETOUR, pk)
    contexte = {"form": form, "poste": poste, "exposition": ligne, "conflit": form.conflit}
    return render(request, "agents/exposition.html", contexte)


@require_perm("agents.change_structure")
@require_form
def exposition_supprimer(request: HttpRequest, pk: int, exposition: int) -> HttpResponse:
    """Ask, then take away an exposure typed by mistake."""
    poste, ligne = _find(request, pk, exposition)
    form = SuppressionForm(request.POST or None, initial={"version": ligne.version})

    def act() -> None:
        version = form.cleaned_data["version"]
        retrait = delete_exposition(acteur=request.user, exposition_id=ligne.pk, version=version)
        adresse = reverse("comptes:retablir", args=[retrait.pk])
        say_done(request, "L’exposition est supprimée.", adresse=adresse, bouton="Rétablir l’exposition")

    form.conflit = None
    if form.is_bound and form.is_valid() and attempt(form, act):
        return redirect(RETOUR, pk)
    if form.conflit is not None:
        form.add_error(None, "Cette exposition vient d’être corrigée : relisez-la avant de la supprimer.")
    contexte = {"form": form, "poste": poste, "exposition": ligne}
    return render(request, "agents/exposition_supprimer.html", contexte)


def _find(request: HttpRequest, pk: int, exposition: int) -> tuple[Poste, ExpositionPoste]:
    """Return a post that the account sees and one of its exposures; 404 for any other."""
    poste = get_object_or_404(Poste.objects.visible_to(request.user), pk=pk)
    return poste, get_object_or_404(ExpositionPoste.objects.filter(poste=poste), pk=exposition)
