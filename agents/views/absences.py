"""The absences of an agent: tab, entry, correction, deletion."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agents.actions import create_absence, delete_absence, update_absence
from agents.forms.absences import AbsenceCorrectionForm, AbsenceForm, SuppressionForm
from agents.models import Absence
from agents.parametres import TOLERANCE
from agents.perms import can_change_absence
from agents.rules.chaines import build_chaines
from agents.tables import AbsenceTable
from agents.views.cadre import agent_frame
from agents.views.horloge import clock_of
from agents.views.saisie import attempt
from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.lib.annulation import say_done
from nouvea_sst.lib.listes import Liste, liste, render_list
from nouvea_sst.referentiel.models import Parametre

ONGLET = "agents:absences"


@require_perm("agents.view_absence")
@require_safe
@liste
def absences(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the absences: dates, and the type to those who manage it. They never leave as a workbook."""
    contexte = agent_frame(request, pk)
    lignes = Absence.objects.visible_to(request.user).filter(agent=pk)
    saisit = can_change_absence(request.user, contexte["agent"])
    cachees = [] if saisit else ["actes"]
    voit_type = request.user.has_perm("agents.view_type_absence")
    if voit_type:
        suites = Prefetch("suites", Absence.objects.select_related("type").order_by("date_debut", "pk"))
        lignes = lignes.select_related("type", "accident").prefetch_related(suites)
    else:
        cachees.append("type")
    options = {
        "jour": contexte["jour"],
        "chaines": build_chaines(
            Absence.objects.filter(agent=pk).as_maillons(types=voit_type),
            Parametre.objects.number_on(contexte["jour"], TOLERANCE),
        ),
        "exclude": tuple(cachees),
    }
    definition = Liste(
        queryset=lignes,
        table=AbsenceTable,
        modele="agents/absences.html",
        nom_fichier="agent",
        contexte=contexte
        | {"peut_saisir": saisit}
        | clock_of(request.user, contexte["agent"], contexte["jour"]),
        exportable=False,
        options_table=options,
    )
    return render_list(request, definition)


@require_perm("agents.change_absence")
@require_form
@send_once
def absence_ajouter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter an absence by hand."""
    contexte = entry_frame(request, pk)
    form = AbsenceForm(request.POST or None, agent=pk)

    def act() -> None:
        create_absence(acteur=request.user, agent_id=pk, jour=contexte["jour"], **form.absence_fields())

    if form.is_bound and form.is_valid() and attempt(form, act):
        messages.success(request, "L’absence est enregistrée.")
        return redirect(ONGLET, pk)
    contexte |= {"form": form, "absence": None, "conflit": None}
    return render(request, "agents/absence.html", contexte)


@require_perm("agents.change_absence")
@require_form
def absence_corriger(request: HttpRequest, pk: int, absence: int) -> HttpResponse:
    """Correct an absence."""
    ligne = get_object_or_404(Absence.objects.visible_to(request.user).filter(agent=pk), pk=absence)
    contexte = entry_frame(request, pk)
    initial = AbsenceCorrectionForm.initial_of
    form = AbsenceCorrectionForm(request.POST or None, agent=pk, absence=ligne, initial=initial(ligne))
    form.conflit = None

    def act() -> None:
        update_absence(
            acteur=request.user,
            absence_id=ligne.pk,
            version=form.cleaned_data["version"],
            jour=contexte["jour"],
            **form.absence_fields(),
        )

    if form.is_bound and form.is_valid() and attempt(form, act, initial):
        messages.success(request, "L’absence est corrigée.")
        return redirect(ONGLET, pk)
    contexte |= {"form": form, "absence": ligne, "conflit": form.conflit}
    return render(request, "agents/absence.html", contexte)


@require_perm("agents.change_absence")
@require_form
def absence_supprimer(request: HttpRequest, pk: int, absence: int) -> HttpResponse:
    """Ask, then take an absence away."""
    ligne = get_object_or_404(Absence.objects.visible_to(request.user).filter(agent=pk), pk=absence)
    contexte = entry_frame(request, pk)
    form = SuppressionForm(request.POST or None, initial={"version": ligne.version})

    def act() -> None:
        version = form.cleaned_data["version"]
        retrait = delete_absence(acteur=request.user, absence_id=ligne.pk, version=version)
        adresse = reverse("comptes:retablir", args=[retrait.pk])
        say_done(request, "L’absence est supprimée.", adresse=adresse, bouton="Rétablir l’absence")

    form.conflit = None
    if form.is_bound and form.is_valid() and attempt(form, act):
        return redirect(ONGLET, pk)
    if form.conflit is not None:
        form.add_error(None, "Cette absence vient d’être corrigée : relisez ses dates avant de la supprimer.")
    return render(request, "agents/absence_supprimer.html", contexte | {"form": form, "absence": ligne})


def entry_frame(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return the frame of the agent for whoever may enter his absences; 403 for one's own file."""
    contexte = agent_frame(request, pk, ONGLET, can_change_absence)
    contexte["recentes"] = Absence.objects.filter(agent=pk).select_related("type")[:6]
    return contexte
