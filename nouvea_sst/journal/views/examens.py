"""The yearly examination of consultations: drawn at random, examined one by one, closed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agents.models import Agent
from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.actes import word_act
from nouvea_sst.comptes.actions import close_examen, draw_examen, judge_consultation
from nouvea_sst.comptes.enums import AvisConsultation, Role
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.comptes.models import ExamenConsultations, LigneExamen, LigneJournal
from nouvea_sst.comptes.rules.examens import period_of
from nouvea_sst.journal.filters import LigneExamenFilter
from nouvea_sst.journal.forms import AvisForm, TirageForm
from nouvea_sst.journal.parametres import TAILLE
from nouvea_sst.journal.tables import LigneExamenTable
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.listes import Liste, export_words, liste, render_list
from nouvea_sst.referentiel.models import Parametre

EXAMINER, ENTIER = "comptes.examine_consultations", "comptes.view_journal"


@require_perm(EXAMINER, ENTIER)
@require_form
@send_once
def examens(request: HttpRequest) -> HttpResponse:
    """List the examinations, and draw the sample of a year."""
    user: Any = request.user
    vus = ExamenConsultations.objects.visible_to(user)
    annees = _years_left(user)
    form = TirageForm(request.POST or None, annees=annees)
    if request.method == "POST":
        if not user.has_perm(EXAMINER):
            raise PermissionDenied
        if form.is_valid():
            jour = timezone.localdate()
            try:
                fait = draw_examen(
                    acteur=user,
                    annee=form.cleaned_data["annee"],
                    taille=int(Parametre.objects.number_on(jour, TAILLE)),
                    maintenant=timezone.now(),
                )
            except ValidationError as refus:
                form.add_error(None, refus)
            else:
                messages.success(request, f"{count_of(fait.lignes.count(), 'consultation')} à examiner.")
                return redirect("journal:examen", fait.pk)
    else:
        record_consultation(acteur=user, acte="journal.examens", libelle=count_of(vus.count(), "examen"))
    contexte = {"examens": vus.counted().select_related("tire_par"), "form": form if annees else None}
    return render(request, "journal/examens.html", contexte)


def _years_left(user: Any) -> list[int]:
    """Years of which this chief may still draw the sample: the one under way and the one before."""
    if not user.has_perm(EXAMINER):
        return []
    jour = timezone.localdate()
    faites = set(ExamenConsultations.objects.drawn_by(user).values_list("annee", flat=True))
    lignes = LigneJournal.objects.to_examine(user)
    restent = {a: period_of(a, jour) for a in (jour.year - 1, jour.year) if a not in faites}
    return [a for a, periode in restent.items() if periode and lignes.between_days(*periode).exists()]


@require_perm(EXAMINER, ENTIER)
@require_safe
@liste
def examen(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one sample: its draw, what is left, its lines."""
    vu = get_object_or_404(
        ExamenConsultations.objects.visible_to(request.user).counted().select_related("tire_par"), pk=pk
    )
    record_consultation(
        acteur=request.user, acte="journal.examen", objet=vu, libelle=f"{vu}{export_words(request)}"
    )
    definition = Liste(
        queryset=vu.lignes.select_related("ligne"),
        table=LigneExamenTable,
        modele="journal/examen.html",
        nom_fichier=f"examen-consultations-{vu.annee}",
        filtre=LigneExamenFilter,
        contexte={
            "examen": vu,
            "vues": views_of(request, vu),
            "siens": vu.tire_par_id == request.user.pk,
            "suivante": vu.lignes.left().first(),
        },
    )
    return render_list(request, definition)


def views_of(request: HttpRequest, vu: ExamenConsultations) -> list[dict[str, Any]]:
    """Return the views above the list: all, those left, then by opinion, each with its number of rows."""
    nombres = vu.lignes.aggregate(
        toutes=Count("pk"),
        reste=Count("pk", filter=Q(avis="")),
        **{avis.value: Count("pk", filter=Q(avis=avis)) for avis in AvisConsultation},
    )
    choix = [("", "Toutes"), ("reste", "À examiner"), *AvisConsultation.choices]
    return [
        {
            "libelle": mot,
            "url": f"?avis={cle}" if cle else "?",
            "actif": request.GET.get("avis", "") == cle,
            "compte": nombres[cle or "toutes"],
            "retard": False,
        }
        for cle, mot in choix
    ]


@require_perm(EXAMINER, ENTIER)
@require_form
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one consultation of a sample with what surrounds it, and keep what its chief says of it."""
    user: Any = request.user
    vue = get_object_or_404(LigneExamen.objects.visible_to(user).select_related("examen", "ligne"), pk=pk)
    siens = vue.examen.tire_par_id == user.pk
    ouverte = siens and vue.examen.clos_le is None
    form = AvisForm(request.POST or None, initial={"avis": vue.avis, "motif": vue.motif}) if ouverte else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid() and _judge(request, vue, form):
            suivante = LigneExamen.objects.filter(examen=vue.examen).left().first()
            if suivante is not None:
                return redirect("journal:consultation", suivante.pk)
            messages.success(request, "Toutes les consultations sont examinées.")
            return redirect("journal:examen", vue.examen_id)
    else:
        record_consultation(acteur=user, acte="journal.examen", objet=vue.examen, libelle=str(vue.examen))
    return render(request, "journal/consultation.html", consultation_frame(user, vue) | {"form": form})


def _judge(request: HttpRequest, vue: LigneExamen, form: AvisForm) -> bool:
    """Keep the opinion; whether it was kept, the refusal standing beside its field."""
    try:
        judge_consultation(
            acteur=request.user,  # type: ignore[arg-type]
            ligne_id=vue.pk,
            avis=form.cleaned_data["avis"],
            motif=form.cleaned_data["motif"],
            maintenant=timezone.now(),
        )
    except ValidationError as refus:
        form.add_error(None, refus)
        return False
    return True


def consultation_frame(user: Any, vue: LigneExamen) -> dict[str, Any]:
    """Return what the page of one consultation says: who, when, which page, of whom, how often besides."""
    ligne = vue.ligne
    agent = None
    if ligne.agent_cle.isdecimal():
        agent = Agent.objects.visible_to(user).filter(pk=int(ligne.agent_cle)).first()
    annee = LigneJournal.objects.visible_to(user).filter(
        acteur_cle=ligne.acteur_cle, agent_cle=ligne.agent_cle, nature=ligne.nature
    )
    return {
        "vue": vue,
        "ligne": ligne,
        "role": Role(ligne.role).label if ligne.role in Role.values else "",
        "acte": word_act(ligne.acte),
        "agent": agent,
        "fois": annee.between_days(vue.examen.debut, vue.examen.fin).count(),
        "avis": AvisConsultation(vue.avis) if vue.avis else None,
        "retour": reverse("journal:examen", args=[vue.examen_id]),
    }


@require_perm(EXAMINER)
@require_form
def clore_examen(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then close an examination for good."""
    vu = get_object_or_404(
        ExamenConsultations.objects.visible_to(request.user).drawn_by(request.user).counted(), pk=pk
    )
    if request.method == "POST":
        try:
            close_examen(acteur=request.user, examen_id=vu.pk, maintenant=timezone.now())  # type: ignore[arg-type]
        except ValidationError as refus:
            messages.error(request, refus.messages[0])
        else:
            messages.success(request, "L’examen est clos.")
        return redirect("journal:examen", vu.pk)
    return render(request, "journal/clore_examen.html", {"examen": vu})
