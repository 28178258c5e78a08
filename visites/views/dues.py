"""One visit due: its proof, its past, and what the section decides about it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agents.views.cadre import agent_frame
from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.historique import Piste, read_history
from nouvea_sst.referentiel.models import Parametre
from visites.actions import choose_date, set_aside_due, take_up_due
from visites.enums import EtatDue
from visites.forms import AnnulerForm, ChangerDateForm, VersionForm
from visites.models import VisiteDue
from visites.parametres import BIENTOT
from visites.perms import can_change_due, can_place, opens_demandes, sees_motif
from visites.pourquoi import explain
from visites.views.agent import ONGLET, describe_date

# The occasion and its rule name the request; the key of the motive tells nobody more than the motive.
TUS = ("cle", "regle", "famille", "motif", "fait_le", "priorite")
CONFIRMATIONS = {
    "regle": (
        "Rendre à cette visite la date de la règle\u202f?",
        "La date choisie et sa raison quittent la visite\u202f; l’historique les garde.",
        "Rendre la date de la règle",
        "Garder la date choisie",
        False,
    ),
    "ecarter": (
        "Écarter cette visite\u202f?",
        "Elle quitte les visites à prévoir, et le calcul ne la propose plus pour ce fait. "
        "Elle pourra être reprise.",
        "Écarter la visite",
        "Ne pas écarter",
        True,
    ),
    "reprendre": (
        "Reprendre cette visite\u202f?",
        "Elle revient parmi les visites à prévoir, à la date que la règle ou une personne lui a donnée.",
        "Reprendre la visite",
        "Laisser écartée",
        False,
    ),
}


def find_due(request: HttpRequest, pk: int) -> VisiteDue:
    """Return a visit due within the account's scope, with its names; 404 otherwise."""
    vues = VisiteDue.objects.visible_to(request.user).with_appointment()
    return get_object_or_404(vues.select_related("agent", "motif"), pk=pk)


def find_changed(request: HttpRequest, pk: int) -> VisiteDue:
    """Return one that this account may change; 404 out of scope, 403 otherwise."""
    due = find_due(request, pk)
    if not can_change_due(request.user, due):
        raise PermissionDenied
    return due


@require_perm("visites.view_suivi")
@require_safe
def due(request: HttpRequest, pk: int) -> HttpResponse:
    """Show why a visit is due on that day, what was decided about it, and its acts."""
    vue = find_due(request, pk)
    contexte = agent_frame(request, vue.agent_id, ONGLET)
    origine = sees_motif(request.user, vue.agent)
    ouverte = vue.etat == EtatDue.OUVERTE
    bientot = int(Parametre.objects.number_on(contexte["jour"], BIENTOT))
    peut_changer = can_change_due(request.user, vue)
    contexte |= {
        "due": vue,
        "motif": vue.motif.libelle if origine else vue.motif.libelle_public,
        "retard": describe_date(vue, contexte["jour"], bientot),
        "pourquoi": explain(vue, demandes=opens_demandes(request.user), origine=origine),
        "etapes": read_history([Piste(VisiteDue, caches=TUS)], pk),
        "peut_changer": peut_changer and ouverte,
        "peut_reprendre": peut_changer and vue.etat == EtatDue.ECARTEE,
        "peut_placer": ouverte and can_place(request.user, vue.agent),
    }
    return render(request, "visites/due.html", contexte)


@require_perm("visites.change_due")
@require_form
def date(request: HttpRequest, pk: int) -> HttpResponse:
    """Set another day than the rule's, with its reason."""
    vue = find_changed(request, pk)
    contexte = agent_frame(request, vue.agent_id, ONGLET)
    initial = {
        "choisie": vue.choisie or vue.echeance,
        "raison_choix": vue.raison_choix,
        "version": vue.version,
    }
    form = ChangerDateForm(request.POST or None, initial=initial)
    if request.method == "POST":
        changee = form.apply(choose_date, acteur=request.user, due=vue, jour=contexte["jour"])
        if changee is not None:
            messages.success(request, f"Échéance changée\u202f: {changee.choisie:%d/%m/%Y}.")
            return redirect("visites:due", vue.pk)
    return render(request, "visites/due_date.html", contexte | {"form": form, "due": vue})


@require_perm("visites.change_due")
@require_form
def rendre(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask before giving back the rule's day."""
    vue = find_changed(request, pk)
    contexte = agent_frame(request, vue.agent_id, ONGLET)
    form = VersionForm(request.POST or None, initial={"version": vue.version})
    if request.method == "POST":
        rendre = {"due": vue, "jour": contexte["jour"], "choisie": None, "raison_choix": ""}
        if form.apply(choose_date, acteur=request.user, **rendre) is not None:
            messages.success(request, "La date de la règle est rendue à cette visite.")
            return redirect("visites:due", vue.pk)
    return render(request, "visites/confirmer.html", contexte | confirm_context("regle", vue, form))


@require_perm("visites.change_due")
@require_form
def ecarter(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask before putting a visit due aside; the reason is required."""
    vue = find_changed(request, pk)
    contexte = agent_frame(request, vue.agent_id, ONGLET)
    form = AnnulerForm(request.POST or None, initial={"version": vue.version})
    if request.method == "POST":
        if form.apply(set_aside_due, acteur=request.user, due=vue, jour=contexte["jour"]) is not None:
            messages.success(request, "Visite écartée.")
            return redirect("visites:due", vue.pk)
    return render(request, "visites/confirmer.html", contexte | confirm_context("ecarter", vue, form))


@require_perm("visites.change_due")
@require_form
def reprendre(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask before taking up again a visit that was put aside."""
    vue = find_changed(request, pk)
    contexte = agent_frame(request, vue.agent_id, ONGLET)
    form = VersionForm(request.POST or None, initial={"version": vue.version})
    if request.method == "POST":
        if form.apply(take_up_due, acteur=request.user, due=vue, jour=contexte["jour"]) is not None:
            messages.success(request, "Visite reprise parmi les visites à prévoir.")
            return redirect("visites:due", vue.pk)
    return render(request, "visites/confirmer.html", contexte | confirm_context("reprendre", vue, form))


def confirm_context(acte: str, vue: VisiteDue, form: Any) -> dict[str, Any]:
    """Return what components/confirm.html needs."""
    question, consequences, bouton, retour, danger = CONFIRMATIONS[acte]
    return {
        "question": question,
        "consequences": consequences,
        "bouton": bouton,
        "libelle_retour": retour,
        "url_retour": reverse("visites:due", args=[vue.pk]),
        "danger": danger,
        "form": form,
        "due": vue,
    }
