"""Declare a report, see it."""

import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import refus_sans_numero, require_form, require_perm, sans_garde, sans_moment
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.journal import record_consultations
from nouvea_sst.lib.transitions import next_states
from nouvea_sst.referentiel.models import Parametre
from signalements.actions import declare_signalement
from signalements.forms.signalement import AgentForm, QualifierForm, SignalerForm
from signalements.models import Action, Signalement
from signalements.parametres import BIENTOT, DELAI, read_seuils
from signalements.perms import can_view_declarant
from signalements.rules.etats import SIGNALEMENT
from signalements.views.etapes import steps_of


@require_perm("signalements.add_signalement")
@sans_moment("POST")
@sans_garde
@require_form
@send_once
def signaler(request: HttpRequest) -> HttpResponse:
    """Declare what happened; then the page with its number."""
    jour = timezone.localdate()
    form = SignalerForm(request.POST or None, user=request.user, jour=jour)
    if request.method == "POST" and form.is_valid():
        signalement = declare_signalement(
            acteur=request.user,
            jour=jour,
            jeton=form.cleaned_data["jeton"],
            anonyme=form.anonyme,
            faits=form.faits,
            agents=form.agents,
        )
        return redirect("signalements:envoye", jeton=signalement.jeton)
    delai = Parametre.objects.in_force(jour).of([DELAI]).first()
    return render(request, "signalements/signaler.html", {"form": form, "delai": delai})


@require_perm("signalements.add_signalement")
@sans_moment("GET", "HEAD")
@require_safe
def envoye(request: HttpRequest, jeton: UUID) -> HttpResponse:
    """What became of a report, for whoever holds the address given when it was sent, name or not."""
    signalement = get_object_or_404(Signalement, jeton=jeton)
    ouvrable = Signalement.objects.visible_to(request.user).filter(pk=signalement.pk).exists()
    contexte = {
        "signalement": signalement,
        "etapes": steps_of(signalement, timezone.localdate()),
        "ouvrable": ouvrable,
        "adresse": request.build_absolute_uri(),
    }
    return render(request, "signalements/envoye.html", contexte)


@require_perm("signalements.view_signalement")
@refus_sans_numero
@require_safe
def signalement(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: what was told, what is done, what happened at the same place."""
    vu = find_signalement(request, pk)
    contexte = page_of(request, vu)
    nommes = {agent.pk: agent for agent in contexte["agents_concernes"]}
    nommes |= {accident.agent_id: accident.agent for accident in contexte["accidents"]}
    record_consultations(
        acteur=request.user, acte="signalements.signalement", objet=vu, agents=list(nommes.values())
    )
    return render(request, "signalements/signalement.html", contexte)


def find_signalement(request: HttpRequest, pk: int) -> Signalement:
    """Return the report, or 404 out of scope."""
    lignes = Signalement.objects.visible_to(request.user)
    return get_object_or_404(lignes.select_related("structure", "site", "pilote", "declarant"), pk=pk)


def page_of(
    request: HttpRequest,
    vu: Signalement,
    form: QualifierForm | None = None,
    agent_form: AgentForm | None = None,
    conflit: list[Any] | None = None,
) -> dict[str, Any]:
    """Return what the page of a report shows to this account."""
    jour = timezone.localdate()
    user = request.user
    traite = user.has_perm("signalements.qualify_signalement")
    suites = next_states(SIGNALEMENT, vu.etat) if traite else frozenset()
    seuils = read_seuils(jour)
    qualifiable = traite and vu.etat in {"nouveau", "qualifie"}
    if form is None and qualifiable:
        form = QualifierForm(user=user, signalement=vu, jour=jour, seuils=seuils)
    section = user.has_perm("signalements.view_declarant")
    return {
        "signalement": vu,
        "cotation": vu.rate(seuils),
        "bientot": Parametre.objects.number_on(jour, BIENTOT),
        "jour": jour,
        "etapes": steps_of(vu, jour),
        "form": form,
        "conflit": conflit,
        "traite": traite,
        "suites": {etat.value for etat in suites},
        "declarant": vu.declarant if can_view_declarant(user, vu) else None,
        "agents_concernes": vu.agents.visible_to(user) if section else [],
        "agent_form": (agent_form or AgentForm(user=user)) if traite else None,
        "accidents": vu.accidents.visible_to(user).select_related("agent"),
        "actions": Action.objects.visible_to(user).filter(signalement=vu).select_related("pilote"),
        **_same_place(user, vu, jour),
    }


def _same_place(user: Any, vu: Signalement, jour: datetime.date) -> dict[str, Any]:
    """The other reports of the place over twelve months, and the open actions that answer them."""
    voisins = Signalement.objects.visible_to(user).at_the_place_of(vu)
    actions = Action.objects.visible_to(user).open().filter(signalement__in=voisins)
    return {"voisins": voisins[:10], "actions_voisines": actions.select_related("structure")[:10]}
