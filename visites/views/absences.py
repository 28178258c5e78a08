"""Absences of doctors and nurses: their list, a new one, one to correct or cancel."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.versions import VersionPerimee, read_version
from visites.actions import (
    cancel_absence_professionnel,
    correct_absence_professionnel,
    note_absence_professionnel,
)
from visites.forms_planning import AbsenceProfessionnelForm, CorrigerAbsenceForm
from visites.models import AbsenceProfessionnel, DemiJournee
from visites.perms import can_open_for
from visites.planning import read_half_days

PASSEES = 20
CHAMPS = ("nature", "date_debut", "date_fin", "debut", "fin", "version")


@require_perm("visites.view_suivi", "visites.hold_entretien")
@require_safe
def absences_professionnels(request: HttpRequest) -> HttpResponse:
    """List the absences that go on or come, then the latest that ended."""
    jour = timezone.localdate()
    vues = AbsenceProfessionnel.objects.visible_to(request.user).kept().select_related("professionnel")
    a_venir = list(vues.filter(date_fin__gte=jour).order_by("date_debut", "pk"))
    passees = list(vues.filter(date_fin__lt=jour).order_by("-date_fin", "-pk")[:PASSEES])
    libelle = count_of(len(a_venir) + len(passees), "absence")
    record_consultation(acteur=request.user, acte="visites.absences_professionnels", libelle=libelle)
    contexte = {
        "a_venir": [(a, can_open_for(request.user, a.professionnel)) for a in a_venir],
        "passees": passees,
        "peut_noter": can_open_for(request.user, request.user),
    }
    return render(request, "visites/absences_professionnels.html", contexte)


@require_perm("visites.plan_visite", "visites.hold_entretien")
@require_form
@send_once
def absence_ajouter(request: HttpRequest) -> HttpResponse:
    """Note an absence, and say which visits are now to be moved."""
    form = AbsenceProfessionnelForm(request.POST or None, user=request.user)
    if request.method == "POST":
        noter = {"acteur": request.user, "jour": timezone.localdate()}
        absence = form.apply(note_absence_professionnel, **noter)
        if absence is not None:
            return tell_moves(request, absence, "Absence notée.")
    return render(request, "visites/absence_professionnel.html", {"form": form, "absence": None})


@require_perm("visites.plan_visite", "visites.hold_entretien")
@require_form
def absence_corriger(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an absence, or cancel it."""
    vues = AbsenceProfessionnel.objects.visible_to(request.user).kept().select_related("professionnel")
    absence = get_object_or_404(vues, pk=pk)
    if not can_open_for(request.user, absence.professionnel):
        raise PermissionDenied
    initial = {nom: getattr(absence, nom) for nom in CHAMPS}
    form = CorrigerAbsenceForm(request.POST or None, initial=initial)
    if request.method == "POST":
        if "annuler" in request.POST:
            return cancel(request, absence)
        corriger = {"acteur": request.user, "jour": timezone.localdate(), "absence": absence}
        corrigee = form.apply(correct_absence_professionnel, **corriger)
        if corrigee is not None:
            return tell_moves(request, corrigee, "Absence corrigée.")
    return render(request, "visites/absence_professionnel.html", {"form": form, "absence": absence})


def cancel(request: HttpRequest, absence: AbsenceProfessionnel) -> HttpResponse:
    """Cancel it; an old page is told so and loses nothing."""
    try:
        cancel_absence_professionnel(acteur=request.user, absence=absence, version=read_version(request.POST))
    except VersionPerimee:
        messages.warning(request, "Quelqu’un a corrigé cette absence entre-temps : relisez-la.")
        return redirect("visites:absence_corriger", absence.pk)
    messages.success(request, "Absence annulée : ses créneaux redeviennent libres.")
    return redirect("visites:absences_professionnels")


def tell_moves(request: HttpRequest, absence: AbsenceProfessionnel, fait: str) -> HttpResponse:
    """Say what was done and how many placed visits stand in it, then show the week it begins in."""
    demis = DemiJournee.objects.visible_to(request.user).between(absence.date_debut, absence.date_fin)
    siennes = demis.filter(professionnel=absence.professionnel_id)
    nombre = sum(len(lue.a_reporter) for lue in read_half_days(request.user, siennes))
    if nombre:
        messages.warning(request, f"{fait} {count_of(nombre, 'visite')} à reporter.")
    else:
        messages.success(request, f"{fait} Aucune visite n’est à reporter.")
    return redirect(f"{reverse('visites:planning')}?jour={absence.date_debut:%Y-%m-%d}")
