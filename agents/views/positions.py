"""The administrative positions of an agent: entry, correction, deletion; the tab « Carrière » shows them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agents.actions import create_position, delete_position, update_position
from agents.forms.absences import SuppressionForm
from agents.forms.positions import PositionCorrectionForm, PositionForm
from agents.models import PositionAdministrative
from agents.perms import can_change_agent
from agents.views.cadre import agent_frame
from agents.views.saisie import attempt
from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.lib.annulation import say_done

DROIT = "agents.change_agent"
ONGLET = "agents:carriere"


@require_perm(DROIT)
@require_form
@send_once
def position_ajouter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a position by hand."""
    contexte = agent_frame(request, pk, ONGLET, can_change_agent)
    form = PositionForm(request.POST or None)

    def act() -> None:
        create_position(acteur=request.user, agent_id=pk, **form.position_fields())

    if form.is_bound and form.is_valid() and attempt(form, act):
        messages.success(request, "La position est enregistrée.")
        return redirect(ONGLET, pk)
    return render(
        request, "agents/position.html", contexte | {"form": form, "position": None, "conflit": None}
    )


@require_perm(DROIT)
@require_form
def position_corriger(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Correct a position."""
    ligne = _find(request, pk, position)
    contexte = agent_frame(request, pk, ONGLET, can_change_agent)
    initial = PositionCorrectionForm.initial_of
    form = PositionCorrectionForm(request.POST or None, position=ligne, initial=initial(ligne))
    form.conflit = None

    def act() -> None:
        version = form.cleaned_data["version"]
        update_position(acteur=request.user, position_id=ligne.pk, version=version, **form.position_fields())

    if form.is_bound and form.is_valid() and attempt(form, act, initial):
        messages.success(request, "La position est corrigée.")
        return redirect(ONGLET, pk)
    contexte |= {"form": form, "position": ligne, "conflit": form.conflit}
    return render(request, "agents/position.html", contexte)


@require_perm(DROIT)
@require_form
def position_supprimer(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Ask, then take a position away."""
    ligne = _find(request, pk, position)
    contexte = agent_frame(request, pk, ONGLET, can_change_agent)
    form = SuppressionForm(request.POST or None, initial={"version": ligne.version})

    def act() -> None:
        version = form.cleaned_data["version"]
        retrait = delete_position(acteur=request.user, position_id=ligne.pk, version=version)
        adresse = reverse("comptes:retablir", args=[retrait.pk])
        say_done(request, "La position est supprimée.", adresse=adresse, bouton="Rétablir la position")

    form.conflit = None
    if form.is_bound and form.is_valid() and attempt(form, act):
        return redirect(ONGLET, pk)
    if form.conflit is not None:
        form.add_error(None, "Cette position vient d’être corrigée : relisez-la avant de la supprimer.")
    return render(request, "agents/position_supprimer.html", contexte | {"form": form, "position": ligne})


def _find(request: HttpRequest, pk: int, position: int) -> PositionAdministrative:
    """Return a position of this agent that the account sees; 404 for any other."""
    vues = PositionAdministrative.objects.visible_to(request.user)
    return get_object_or_404(vues.filter(agent=pk), pk=position)
