"""Placing, moving and cancelling visits; the half-day of a professional."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agents.enums import CategorieSuivi
from agents.views.cadre import agent_frame
from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of, format_date
from visites.actions import cancel_visite, move_visite, note_absence, plan_visite
from visites.enums import EtatVisite, NatureVisite
from visites.faits import category_of
from visites.forms import AbsenceForm, AnnulerForm, DeplacerForm, JourneeForm, PlacerForm
from visites.models import Motif, Visite, VisiteDue
from visites.parametres import read_plage
from visites.perms import can_manage, can_place, can_sign, is_care_staff
from visites.rules.avis import is_come
from visites.rules.placement import MIDI
from visites.views.agent import ONGLET, find_visite

CHIFFRES_MAX = 18  # more digits than any key has
# What a page says of a visit that stands alone.
HORS_DEMI_JOURNEE = (
    "Aucune demi-journée n’est ouverte à cette heure : au planning, la visite est « Hors demi-journée »."
)


@require_perm("visites.plan_visite")
@require_form
@send_once
def placer(request: HttpRequest, pk: int) -> HttpResponse:
    """Place a visit of an agent."""
    contexte = agent_frame(request, pk, ONGLET, can_place)
    agent, jour = contexte["agent"], contexte["jour"]
    initial = propose_visit(agent, jour, asked_due(request, agent))
    plage = read_plage(jour)
    form = PlacerForm(request.POST or None, user=request.user, plage=plage, initial=initial)
    if request.method == "POST":
        visite = form.apply(plan_visite, acteur=request.user, jour=jour, agent=agent)
        if visite is not None:
            messages.success(request, f"Visite placée le {describe_slot(visite)}.")
            tell_alone(request, visite)
            return redirect("visites:agent", agent.pk)
    contexte |= {"form": form, "visite": None} | already_placed(request, form, agent)
    return render(request, "visites/placer.html", contexte)


def already_placed(request: HttpRequest, form: PlacerForm, agent: Any) -> dict[str, Any]:
    """Return the visit of the motive chosen that is placed already, with what this account may do of it."""
    placees = Visite.objects.visible_to(request.user).filter(agent=agent, etat=EtatVisite.PLACEE)
    choisi = str(form["motif"].value()) if form.is_bound else ""
    deja = next((v for v in placees.select_related("agent") if str(v.motif_id) == choisi), None)
    return {"deja_placee": deja, "peut_deplacer": deja is not None and can_manage(request.user, deja)}


def asked_due(request: HttpRequest, agent: Any) -> VisiteDue | None:
    """Return the visit due for which this one is placed: the one asked for, else the agent's nearest."""
    dues = VisiteDue.objects.visible_to(request.user).open().filter(agent=agent, motif__actif=True)
    cle = request.GET.get("due", "")
    choisie = dues.filter(pk=cle) if cle.isdecimal() and len(cle) <= CHIFFRES_MAX else dues.none()
    return choisie.select_related("motif").first() or dues.select_related("motif").first()


def propose_visit(agent: Any, jour: datetime.date, due: VisiteDue | None) -> dict[str, Any]:
    """Return the motive and nature that the visit due, else the agent's situation, suggests."""
    if due is not None:
        motif: Motif | None = due.motif
    else:
        vu = Visite.objects.held().filter(agent=agent).exists()
        motif = Motif.objects.offered().filter(code="periodique" if vu else "nouvel_arrivant").first()
    renforce = category_of(agent, jour) == CategorieSuivi.RENFORCE
    return {"motif": motif, "nature": NatureVisite.EXAMEN if renforce else NatureVisite.VIP}


def describe_slot(visite: Visite) -> str:
    """« lundi 30 novembre 2026 à 08:15 »."""
    heure = f" à {visite.heure:%H:%M}" if visite.heure is not None else ""
    return f"{format_date(visite.date, 'long')}{heure}"


def tell_alone(request: HttpRequest, visite: Visite) -> None:
    """Say where a visit stands that is in no half-day."""
    if visite.demi_journee_id is None:
        messages.warning(request, HORS_DEMI_JOURNEE)


def find_managed(request: HttpRequest, pk: int) -> Visite:
    """Return a visit that this account may move, cancel or mark; 404 out of scope, 403 otherwise."""
    visite = find_visite(request, pk)
    if not can_manage(request.user, visite):
        raise PermissionDenied
    return visite


@require_perm("visites.plan_visite")
@require_form
def deplacer(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a visit another day, hour or professional."""
    visite = find_managed(request, pk)
    contexte = agent_frame(request, visite.agent_id, ONGLET)
    initial = {
        "date": visite.date,
        "heure": visite.heure,
        "professionnel": visite.professionnel_id,
        "version": visite.version,
    }
    plage = read_plage(contexte["jour"])
    heures = visite.demi_journee.heures if visite.demi_journee is not None else ()
    form = DeplacerForm(request.POST or None, user=request.user, plage=plage, heures=heures, initial=initial)
    if request.method == "POST":
        deplacee = form.apply(move_visite, acteur=request.user, jour=contexte["jour"], visite=visite)
        if deplacee is not None:
            messages.success(request, f"Visite déplacée au {describe_slot(deplacee)}.")
            tell_alone(request, deplacee)
            demi = request.GET.get("demi", "")
            if demi.isdecimal() and len(demi) <= CHIFFRES_MAX:
                return redirect("visites:presence", demi)
            if request.POST.get("suite") == "demi_journee" and deplacee.demi_journee_id is not None:
                return redirect("visites:demi_journee", deplacee.demi_journee_id)
            return redirect("visites:visite", visite.pk)
    contexte |= {"form": form, "visite": visite, "deja_placee": None}
    return render(request, "visites/placer.html", contexte)


@require_perm("visites.plan_visite")
@require_form
def annuler(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask before cancelling a visit; the reason is required."""
    visite = find_managed(request, pk)
    contexte = agent_frame(request, visite.agent_id, ONGLET)
    form = AnnulerForm(request.POST or None, initial={"version": visite.version})
    if request.method == "POST":
        if form.apply(cancel_visite, acteur=request.user, visite=visite) is not None:
            messages.success(request, "Visite annulée.")
            return redirect("visites:agent", visite.agent_id)
    return render(request, "visites/confirmer.html", contexte | confirm_context("annuler", visite, form))


@require_perm("visites.plan_visite")
@require_form
def absence(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask before noting that the agent did not come."""
    visite = find_managed(request, pk)
    contexte = agent_frame(request, visite.agent_id, ONGLET)
    form = AbsenceForm(request.POST or None, initial={"version": visite.version})
    if request.method == "POST":
        noter = {"acteur": request.user, "jour": contexte["jour"], "visite": visite}
        if form.apply(note_absence, **noter) is not None:
            messages.success(request, "Absence notée. La visite reste à placer.")
            return redirect("visites:agent", visite.agent_id)
    return render(request, "visites/confirmer.html", contexte | confirm_context("absence", visite, form))


CONFIRMATIONS = {
    "annuler": (
        "Annuler la visite du {}\u202f?",
        "Elle quitte l’agenda. L’échéance de l’agent ne change pas\u202f: il restera à placer.",
        "Annuler la visite",
        "Ne pas annuler",
        True,
    ),
    "absence": (
        "Noter l’absence à la visite du {}\u202f?",
        "L’agent n’est pas venu. Sa visite restera à placer\u202f; la lettre suivante sera une relance.",
        "Noter l’absence",
        "Ne rien noter",
        False,
    ),
}


def confirm_context(acte: str, visite: Visite, form: Any) -> dict[str, Any]:
    """Return what components/confirm.html needs."""
    question, consequences, bouton, retour, danger = CONFIRMATIONS[acte]
    return {
        "question": question.format(describe_slot(visite)),
        "consequences": consequences,
        "bouton": bouton,
        "libelle_retour": retour,
        "url_retour": reverse("visites:visite", args=[visite.pk]),
        "danger": danger,
        "form": form,
        "visite": visite,
    }


@require_perm("visites.plan_visite")
@require_safe
def journee(request: HttpRequest) -> HttpResponse:
    """Show a professional's visits of one day, by hour; the section chooses whose."""
    aujourdhui = timezone.localdate()
    choix = JourneeForm(request.GET or None, user=request.user)
    vues = Visite.objects.visible_to(request.user)
    jour, qui = choix.chosen(aujourdhui, vues)
    visites = list(vues.of_day(jour, qui).with_names()) if qui else []
    libelle = f"{jour:%d/%m/%Y} · {qui or 'personne'} · {count_of(len(visites), 'visite')}"
    record_consultation(acteur=request.user, acte="visites.journee", libelle=libelle)
    contexte = {
        "jour": jour,
        "aujourdhui": aujourdhui,
        "autour": vues.in_agendas([qui] if qui else []).days_around(jour),
        "professionnel": qui,
        "choix": choix,
        "choisit_qui": not is_care_staff(request.user),
        "demi_journees": split_day(request, visites, aujourdhui),
        "total": len(visites),
        "reste": sum(visite.etat == EtatVisite.PLACEE for visite in visites),
    }
    return render(request, "visites/journee.html", contexte)


def split_day(
    request: HttpRequest, visites: list[Visite], aujourdhui: datetime.date
) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return morning and afternoon, each with its visits and what may be done with them."""
    lignes = [
        {
            "visite": visite,
            "peut_signer": visite.etat == EtatVisite.PLACEE
            and is_come(visite.date, aujourdhui)
            and can_sign(request.user, visite),
            "peut_gerer": visite.etat == EtatVisite.PLACEE and can_manage(request.user, visite),
        }
        for visite in visites
    ]
    matin = [ligne for ligne in lignes if ligne["visite"].heure is None or ligne["visite"].heure < MIDI]
    soir = [ligne for ligne in lignes if ligne not in matin]
    return [(nom, moitie) for nom, moitie in (("Matin", matin), ("Après-midi", soir)) if moitie]
