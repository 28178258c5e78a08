"""Visits in the agent's page: his visits, one visit, his restrictions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from agents.models import Agent
from agents.views.cadre import agent_frame
from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from visites.actions import request_certificat
from visites.enums import EtatVisite, RegleEcheance
from visites.lecture import read_visite
from visites.models import Restriction, Suivi, Visite
from visites.perms import can_manage, can_place, can_sign, sees_conclusion, sees_motif
from visites.pourquoi import explain
from visites.rules.avis import is_come

ONGLET = "visites:agent"


def find_visite(request: HttpRequest, pk: int) -> Visite:
    """Return a visit within the account's scope, with its names; 404 otherwise."""
    return get_object_or_404(Visite.objects.visible_to(request.user).with_names(), pk=pk)


def rights_on(request: HttpRequest, vu: Agent) -> dict[str, Any]:
    """Return what this account reads of this agent's visits."""
    return {
        "voit_conclusion": sees_conclusion(request.user, vu),
        "voit_motif": sees_motif(request.user, vu),
        "voit_document": request.user.has_perm("documents.view_document"),
        "peut_placer": can_place(request.user, vu),
    }


@require_perm("visites.view_visite")
@require_safe
def agent(request: HttpRequest, pk: int) -> HttpResponse:
    """Show his next due date with its reasons, and his visits, latest first."""
    contexte = agent_frame(request, pk)
    suivi = Suivi.objects.visible_to(request.user).filter(agent_id=pk).first()
    visites = list(Visite.objects.visible_to(request.user).filter(agent_id=pk).with_names())
    contexte |= rights_on(request, contexte["agent"]) | {
        "visites": visites,
        "placee": next((v for v in visites if v.etat == EtatVisite.PLACEE), None),
        "suivi": suivi,
        "exclu": suivi is not None and suivi.regle == RegleEcheance.EXCLU,
        "pourquoi": None if suivi is None else explain(suivi),
    }
    return render(request, "visites/agent.html", contexte)


@require_perm("visites.view_visite")
@require_safe
def visite(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one visit as this account may read it, with its acts."""
    vue = find_visite(request, pk)
    contexte = agent_frame(request, vue.agent_id, ONGLET)
    a_signer = vue.etat == EtatVisite.PLACEE and can_sign(request.user, vue)
    venue = is_come(vue.date, contexte["jour"])
    contexte |= rights_on(request, contexte["agent"]) | {
        "visite": vue,
        "lecture": None,
        "venue": venue,
        "peut_signer": a_signer and venue,
        "signera": a_signer and not venue,
        "peut_gerer": vue.etat in {EtatVisite.PLACEE, EtatVisite.A_PLACER} and can_manage(request.user, vue),
        "peut_etablir": request.user.has_perm("visites.print_certificat"),
    }
    if vue.signee_le is not None:
        restrictions = vue.restrictions.visible_to(request.user).select_related("type")
        contexte["lecture"] = read_visite(request.user, vue, restrictions)
    return render(request, "visites/visite.html", contexte)


@require_perm("visites.view_mesures")
@require_safe
def restrictions_agent(request: HttpRequest, pk: int) -> HttpResponse:
    """Show his restrictions: in force, to come, ended. Functional wording and dates."""
    contexte = agent_frame(request, pk)
    jour = contexte["jour"]
    toutes = Restriction.objects.visible_to(request.user).filter(agent_id=pk).select_related("type", "visite")
    contexte |= rights_on(request, contexte["agent"]) | {
        "en_cours": list(toutes.open_on(jour)),
        "a_venir": list(toutes.to_come(jour)),
        "passees": list(toutes.ended(jour)),
    }
    return render(request, "visites/restrictions_agent.html", contexte)


@require_perm("visites.print_certificat")
@require_POST
@send_once
def certificat(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the document of a signed visit: made by the worker the first time, the same one ever after."""
    vue = get_object_or_404(Visite.objects.visible_to(request.user).signed(), pk=pk)
    if vue.certificat_id is not None:
        return redirect("documents:ouvrir", vue.certificat_id)
    return redirect("travaux:travail", request_certificat(acteur=request.user, visite=vue).pk)
