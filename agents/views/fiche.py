"""The agent's page: identity and posts; entry and correction."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agents.actions import HomonymeAConfirmer, create_agent, update_agent
from agents.forms.agents import AgentAjoutForm, AgentCorrectionForm, AgentForm
from agents.models import Agent, Poste, Responsabilite, Site
from agents.perms import can_change_agent, can_merge
from agents.querysets import open_on
from agents.rules.categorie import followup_category
from agents.rules.matricule import PREFIXE_VILLE, matricule_forms
from agents.views.cadre import agent_frame
from agents.views.saisie import attempt
from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.imports.moteur.origines import find_origin_of


@require_perm("agents.view_agent")
@require_safe
def agent(request: HttpRequest, pk: int) -> HttpResponse:
    """Show identity and posts."""
    contexte = agent_frame(request, pk)
    fiche, jour = contexte["agent"], contexte["jour"]
    voit_carriere = request.user.has_perm("agents.view_carriere")
    contexte |= {
        "peut_corriger": can_change_agent(request.user, fiche),
        "peut_fondre": can_merge(request.user, fiche),
        "fondues": fiche.alias.all() if request.user.has_perm("agents.view_identite") else [],
        "voit_carriere": voit_carriere,
        "voit_identite": request.user.has_perm("agents.view_identite"),
        "matricules": forms_of(fiche),
        "encadrants": managers_of(fiche, jour),
        "origine": find_origin_of(fiche, request.user),
        "affectations": fiche.affectations.select_related("structure__direction", "poste", "site")
        if voit_carriere
        else [],
    }
    contexte |= followup_of(fiche, jour) if contexte["voit_identite"] else {"raisons": [], "categorie": ""}
    return render(request, "agents/agent.html", contexte)


def forms_of(fiche: Agent) -> tuple[str, ...]:
    """Return the matricule in its three forms; nothing without one."""
    if not fiche.matricule:
        return ()
    prefixe = fiche.collectivite.code_ancien if fiche.collectivite else ""
    return matricule_forms(fiche.matricule, prefixe or PREFIXE_VILLE)


def managers_of(fiche: Agent, jour: Any) -> list[str]:
    """Return the names of those who answer for the nearest structure above the agent."""
    if fiche.structure is None:
        return []
    tenues = Responsabilite.objects.open_on(jour).over(fiche.structure).select_related("compte")
    plus_proches = [r for r in tenues if r.compte_id != fiche.compte_id]
    return [str(r.compte) for r in plus_proches if r.structure_id == plus_proches[0].structure_id]


def followup_of(fiche: Agent, jour: Any) -> dict[str, Any]:
    """Return the category of follow-up and the reasons open on the day."""
    raisons = list(fiche.raisons_suivi.filter(open_on(jour)))
    poste = fiche.poste.categorie_suivi if fiche.poste else None
    return {"raisons": raisons, "categorie": followup_category(poste, [r.categorie for r in raisons])}


@require_perm("agents.change_agent")
@require_form
@send_once
def ajouter(request: HttpRequest) -> HttpResponse:
    """Enter an agent by hand."""
    jour = timezone.localdate()
    form = AgentAjoutForm(request.POST or None, user=request.user, jour=jour)
    faits: list[Agent] = []

    def act() -> None:
        affectation = form.affectation_fields() if form.cleaned_data["structure"] else None
        faits.append(
            create_agent(
                acteur=request.user,
                jour=jour,
                champs=form.agent_fields(),
                affectation=affectation,
                homonyme_confirme=form.cleaned_data["homonyme_confirme"],
            )
        )

    homonymes = run_with_homonyms(form, act)
    if faits:
        messages.success(request, f"{faits[0]} a été ajouté.")
        return redirect("agents:agent", faits[0].pk)
    contexte = {"form": form, "homonymes": homonymes} | suggestions(request.user)
    return render(request, "agents/ajouter.html", contexte)


@require_perm("agents.change_agent")
@require_form
def corriger(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct identity and career by hand."""
    contexte = agent_frame(request, pk, "agents:agent", can_change_agent)
    fiche = contexte["agent"]
    initial = AgentForm.initial_of(fiche)
    form = AgentCorrectionForm(request.POST or None, user=request.user, initial=initial)
    changes: list[list[str]] = []

    def act() -> None:
        changes.append(
            update_agent(
                acteur=request.user,
                agent_id=pk,
                version=form.cleaned_data["version"],
                jour=contexte["jour"],
                champs=form.agent_fields(),
                homonyme_confirme=form.cleaned_data["homonyme_confirme"],
            )
        )

    homonymes = run_with_homonyms(form, act)
    if changes:
        messages.success(request, "La fiche est corrigée." if changes[0] else "Rien n’a changé.")
        return redirect("agents:agent", pk)
    return render(request, "agents/corriger.html", contexte | {"form": form, "homonymes": homonymes})


def run_with_homonyms(form: Any, act: Any) -> list[Agent]:
    """Run the act of the form if it was sent and is right; return the homonyms to confirm, if any."""
    form.conflit = None
    if form.is_bound and form.is_valid():
        try:
            attempt(form, act, AgentForm.initial_of)
        except HomonymeAConfirmer as question:
            return list(question.agents)
    return []


def suggestions(user: Any) -> dict[str, Any]:
    """Return the posts and sites that a form proposes while one types."""
    return {
        "postes": Poste.objects.visible_to(user).values_list("intitule", flat=True),
        "sites": Site.objects.visible_to(user).offered().values_list("libelle", flat=True),
    }
