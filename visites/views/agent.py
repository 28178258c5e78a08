"""Visits in the agent's page: his visits, one visit, his restrictions."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from agents.models import Agent
from agents.views.cadre import agent_frame
from documents.models import Courriel
from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.lib.affichage import EtatEcheance, describe_due
from nouvea_sst.referentiel.models import Parametre
from visites.actions import request_certificat
from visites.enums import EtatDue, EtatVisite, RegleEcheance
from visites.lecture import read_versions, read_visite
from visites.models import DemandeVisite, LienReponse, MotConfirme, Restriction, Suivi, Visite, VisiteDue
from visites.parametres import BIENTOT
from visites.perms import (
    can_ask,
    can_correct,
    can_find_post,
    can_manage,
    can_place,
    can_sign,
    is_care_staff,
    opens_demandes,
    sees_conclusion,
    sees_motif,
)
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
        "peut_demander": can_ask(request.user, vu),
    }


@require_perm("visites.view_visite")
@require_safe
def agent(request: HttpRequest, pk: int) -> HttpResponse:
    """Show his next due date with its reasons, all that he is due, and his visits, latest first."""
    contexte = agent_frame(request, pk)
    suivi = Suivi.objects.visible_to(request.user).filter(agent_id=pk).first()
    visites = list(Visite.objects.visible_to(request.user).filter(agent_id=pk).with_names())
    dues = VisiteDue.objects.visible_to(request.user).filter(agent_id=pk).exclude(etat=EtatDue.CLOSE)
    origine = sees_motif(request.user, contexte["agent"])
    contexte |= rights_on(request, contexte["agent"]) | {
        "visites": visites,
        "dues": rows_of_dues(dues.with_appointment().in_words(origine=origine), contexte["jour"]),
        "placee": next((v for v in visites if v.etat == EtatVisite.PLACEE), None),
        "suivi": suivi,
        "exclu": suivi is not None and suivi.regle == RegleEcheance.EXCLU,
        "pourquoi": None
        if suivi is None
        else explain(suivi, demandes=opens_demandes(request.user), origine=origine),
        "adresse_refusee": Courriel.objects.visible_to(request.user).refusal_of(contexte["agent"].courriel),
        "demandes": DemandeVisite.objects.visible_to(request.user).filter(agent_id=pk),
    }
    return render(request, "visites/agent.html", contexte)


def rows_of_dues(dues: Iterable[VisiteDue], jour: datetime.date) -> list[dict[str, Any]]:
    """Each visit due with how far it is, soon as the reference data says; None for what has no lateness."""
    lignes = list(dues)
    if not lignes:
        return []
    bientot = int(Parametre.objects.number_on(jour, BIENTOT))
    return [{"due": due, "retard": describe_date(due, jour, bientot)} for due in lignes]


def describe_date(due: VisiteDue, jour: datetime.date, bientot: int) -> tuple[EtatEcheance, str] | None:
    """How far the day of a visit to be held is; None without a day, or when it is not to be held."""
    if due.etat != EtatDue.OUVERTE or due.echeance is None:
        return None
    return describe_due(due.echeance, jour, bientot)


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
        "mots": MotConfirme.objects.visible_to(request.user)
        .filter(visite=vue)
        .select_related("confirme_par"),
        "venue": venue,
        "peut_signer": a_signer and venue,
        "voit_orientation": is_care_staff(request.user),
        "peut_corriger": can_correct(request.user, vue),
        "versions": read_versions(request.user, vue),
        "signera": a_signer and not venue,
        "peut_gerer": vue.etat in {EtatVisite.PLACEE, EtatVisite.A_PLACER} and can_manage(request.user, vue),
        "lien": LienReponse.objects.visible_to(request.user).filter(visite=vue).first(),
        "envoie_lien": settings.COURRIEL and vue.etat == EtatVisite.PLACEE and not venue,
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
        "cherche_poste": can_find_post(request.user, contexte["agent"]),
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
