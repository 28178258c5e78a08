"""Where an agent works: new affectation, correction."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from agents.actions import set_affectation, update_affectation
from agents.forms.agents import AffectationCorrectionForm, AffectationForm
from agents.models import Affectation, Agent
from agents.perms import can_change_agent
from agents.views.cadre import agent_frame
from agents.views.fiche import suggestions
from agents.views.saisie import attempt
from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.imports.moteur.origines import find_origin_of


@require_perm("agents.change_agent")
@require_form
@send_once
def affectation_ajouter(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the agent a new affectation; the running one ends the day before."""
    contexte = agent_frame(request, pk, "agents:agent", can_change_agent)
    form = AffectationForm(request.POST or None, user=request.user, jour=contexte["jour"])

    def act() -> None:
        set_affectation(acteur=request.user, agent_id=pk, jour=contexte["jour"], **form.affectation_fields())

    if form.is_bound and form.is_valid() and attempt(form, act):
        messages.success(request, "L’affectation est enregistrée.")
        return redirect("agents:agent", pk)
    contexte |= {"form": form, "conflit": None, "en_cours": contexte["agent"].affectations.first()}
    contexte["origine"] = None
    return render(request, "agents/affectation.html", contexte | suggestions(request.user))


@require_perm("agents.change_agent")
@require_form
def affectation_corriger(request: HttpRequest, pk: int, affectation: int) -> HttpResponse:
    """Correct an affectation."""
    lues = Affectation.objects.filter(agent__in=Agent.objects.visible_to(request.user).filter(pk=pk))
    ligne = get_object_or_404(lues.select_related("structure", "poste", "site"), pk=affectation)
    contexte = agent_frame(request, pk, "agents:agent", can_change_agent)
    initial = AffectationCorrectionForm.initial_of
    form = AffectationCorrectionForm(
        request.POST or None,
        user=request.user,
        jour=contexte["jour"],
        affectation=ligne,
        initial=initial(ligne),
    )
    form.conflit = None

    def act() -> None:
        update_affectation(
            acteur=request.user,
            affectation_id=ligne.pk,
            version=form.cleaned_data["version"],
            jour=contexte["jour"],
            **form.affectation_fields(),
        )

    if form.is_bound and form.is_valid() and attempt(form, act, initial):
        messages.success(request, "L’affectation est corrigée.")
        return redirect("agents:agent", pk)
    contexte |= {"form": form, "conflit": form.conflit, "en_cours": None}
    contexte["origine"] = find_origin_of(ligne, request.user)
    return render(request, "agents/affectation.html", contexte | suggestions(request.user))
