"""The doctor's form, and what each reader will receive of it."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from nouvea_sst.comptes.acces import require_form, require_perm, sans_garde
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.comptes.rules.saisies import kept_fields
from nouvea_sst.comptes.saisies import describe_saisie
from visites.enums import EtatVisite
from visites.models import BrouillonConclusion, Visite
from visites.perms import can_correct, can_sign
from visites.rules.avis import is_come
from visites.views.agent import find_visite
from visites.views.saisie import Correction, Saisie

CONFLIT = 409
DROITS = ("visites.record_avis", "visites.record_attestation")


def check_signable(user: Any, visite: Visite) -> Visite:
    """Return the visit, when this account may sign it; 403 otherwise."""
    if not can_sign(user, visite) or visite.date is None:
        raise PermissionDenied
    return visite


@require_perm(*DROITS)
@sans_garde
@require_form
def conclure(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter and sign the conclusion of a visit."""
    siens = BrouillonConclusion.objects.visible_to(request.user)
    vues = Visite.objects.visible_to(request.user).with_names()
    visite = get_object_or_404(siens.mark(vues), pk=pk)
    if request.method == "POST" and is_overtaken(request.user, visite):
        return show_overtaken(request, visite)
    check_signable(request.user, visite)
    if visite.etat != EtatVisite.PLACEE and request.method != "POST":
        return redirect("visites:visite", visite.pk)
    if not is_come(visite.date, timezone.localdate()):
        return render(request, "visites/trop_tot.html", {"visite": visite, "agent": visite.agent})
    saisie = Saisie(request, visite)
    if request.method == "POST":
        signee = saisie.sign()
        if signee is not None:
            messages.success(request, announce(signee))
            return redirect(after(request.user, signee))
    else:
        record_consultation(acteur=request.user, acte="visites.conclure", objet=visite, agent=visite.agent)
    return render(request, "visites/conclure.html", saisie.context())


def is_overtaken(user: Any, visite: Visite) -> bool:
    """Whether somebody else signed the visit while this account was typing its conclusion."""
    typed = BrouillonConclusion.objects.visible_to(user).filter(visite=visite)
    return visite.etat == EtatVisite.REALISEE and not can_sign(user, visite) and typed.exists()


def show_overtaken(request: HttpRequest, visite: Visite) -> HttpResponse:
    """Say who signed, with what was typed here: it stays on this page and nowhere else."""
    ligne = describe_saisie(request.path, kept_fields(request.POST.lists()), [])
    contexte = {"visite": visite, "agent": visite.agent, "ligne": ligne}
    reponse = render(request, "visites/deja_conclue.html", contexte, status=CONFLIT)
    reponse["Cache-Control"] = "no-store, private"
    return reponse


def after(user: Any, signee: Visite) -> str:
    """Return where one goes on: the next visit of the day that this account may conclude, else the day."""
    jour = signee.date or timezone.localdate()
    restent = Visite.objects.visible_to(user).of_day(jour, user).filter(etat=EtatVisite.PLACEE)
    suivantes = [v for v in restent.select_related("agent") if can_sign(user, v)]
    heure = signee.heure or datetime.time.min
    plus_tard = [v for v in suivantes if v.heure is not None and v.heure >= heure]
    if suivantes:
        return reverse("visites:conclure", args=[(plus_tard or suivantes)[0].pk])
    return f"{reverse('visites:journee')}?jour={jour}"


def announce(visite: Visite) -> str:
    """Say that the conclusion is signed, with the way to its document; it is read on another agent's page."""
    adresse = reverse("visites:visite", args=[visite.pk])
    heure = f" de {visite.heure:%H:%M}" if visite.heure is not None else ""
    return format_html(
        'Conclusion signée pour la visite{}. <a href="{}">Voir la visite et son document</a>', heure, adresse
    )


@require_perm(*DROITS)
@sans_garde
@require_POST
def apercu(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a reader will receive of what is typed so far. Writes nothing."""
    visite = find_visite(request, pk)
    if visite.signee_le is not None and can_correct(request.user, visite):
        saisie: Saisie = Correction(request, visite)
    else:
        saisie = Saisie(request, check_signable(request.user, visite))
    return render(request, "visites/_apercu.html", saisie.preview_context())
