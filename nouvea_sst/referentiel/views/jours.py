"""Days off, year by year."""

from typing import Any

import holidays
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.historique import read_events
from nouvea_sst.lib.affichage import count_of, format_date
from nouvea_sst.lib.listes import Liste, liste, render_list
from nouvea_sst.lib.versions import VersionPerimee
from nouvea_sst.referentiel.actions import add_annee, add_jour, withdraw_jour
from nouvea_sst.referentiel.actions.valeurs import try_act
from nouvea_sst.referentiel.forms import AnneeForm, JourForm, RaisonForm
from nouvea_sst.referentiel.models import JourFerie
from nouvea_sst.referentiel.tables import JourTable
from nouvea_sst.referentiel.views.accueil import VOIR

ECRIRE_JOURS = "referentiel.change_parametre"
PERIME = "Quelqu’un d’autre a changé ce jour entre-temps : relisez-le avant de le retirer."


@require_perm(VOIR)
@require_safe
@liste
def liste_jours(request: HttpRequest) -> HttpResponse:
    """The days off of a year; the years that are known stand above."""
    jour = timezone.localdate()
    annee = AnneeForm.read(request.GET.get("annee"), jour.year)
    vus = JourFerie.objects.visible_to(request.user)
    comptes = dict(
        vus.kept()
        .annotate(annee=ExtractYear("date"))
        .values("annee")
        .order_by("annee")
        .annotate(nombre=Count("pk"))
        .values_list("annee", "nombre")
    )
    peut = request.user.has_perm(ECRIRE_JOURS)
    definition = Liste(
        queryset=vus.filter(date__year=annee),
        table=JourTable,
        modele="referentiel/jours.html",
        nom_fichier=f"jours-feries-{annee}",
        contexte={
            "annee": annee,
            "vues": [_year(a, n, annee) for a, n in comptes.items()],
            "suivante": max([*comptes, jour.year - 1]) + 1,
            "peut": peut,
        },
        options_table={"jour": jour, "peut": peut},
    )
    return render_list(request, definition)


def _year(annee: int, nombre: int, choisie: int) -> dict[str, Any]:
    """One year above the list."""
    return {
        "libelle": str(annee),
        "url": f"?annee={annee}",
        "actif": annee == choisie,
        "compte": nombre,
        "retard": False,
    }


@require_perm(ECRIRE_JOURS)
@require_form
def ajouter_annee(request: HttpRequest, annee: int) -> HttpResponse:
    """Show the public holidays that a year lacks, then add them; 404 for a year that nobody plans."""
    if AnneeForm.read(str(annee), 0) != annee:
        raise Http404
    if request.method == "POST":
        ajoutes = add_annee(acteur=request.user, annee=annee)
        messages.success(request, f"{count_of(ajoutes, 'jour férié,jours fériés')} de {annee} : enregistrés.")
        return redirect(f"{reverse('referentiel:jours')}?annee={annee}")
    connus = set(JourFerie.objects.filter(date__year=annee).values_list("date", flat=True))
    calendrier = holidays.country_holidays("NC", years=annee, language="fr")
    fetes = sorted(calendrier.items())
    manquants = [(date, nom.replace("'", "’")) for date, nom in fetes if date not in connus]
    contexte = {"annee": annee, "manquants": manquants, "connus": len(connus)}
    return render(request, "referentiel/ajouter_annee.html", contexte)


@require_perm(ECRIRE_JOURS)
@require_form
@send_once
def ajouter_jour(request: HttpRequest) -> HttpResponse:
    """Type a day off of the city, read what stands on that day, confirm it."""
    form = JourForm(request.POST or None)
    confirme = "confirmer" in request.POST
    if request.method == "POST" and form.is_valid() and "revenir" not in request.POST:
        act = add_jour if confirme else try_act(acte=add_jour)
        try:
            act(acteur=request.user, jour=timezone.localdate(), **form.cleaned_data)
        except ValidationError as refus:
            form.hold(refus)
        else:
            date = form.cleaned_data["date"]
            if confirme:
                messages.success(request, f"{format_date(date, 'long').capitalize()} : jour chômé.")
                return redirect(f"{reverse('referentiel:jours')}?annee={date.year}")
            occupations = [import_string(nom)(date) for nom in settings.JOURS_OCCUPES]
            contexte = {"form": form, "date": date, "occupations": [o for o in occupations if o.nombre]}
            return render(request, "referentiel/apercu_jour.html", contexte)
    return render(request, "referentiel/ajouter_jour.html", {"form": form})


@require_perm(ECRIRE_JOURS)
@require_form
def retirer_jour(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a day off to come, with its reason."""
    vu = get_object_or_404(JourFerie.objects.visible_to(request.user), pk=pk)
    form = RaisonForm(request.POST or None, initial={"version": vu.version})
    retour = f"{reverse('referentiel:jours')}?annee={vu.date.year}"
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_jour(acteur=request.user, jour=timezone.localdate(), pk=pk, **form.cleaned_data)
        except ValidationError as refus:
            form.hold(refus)
        except VersionPerimee:
            messages.warning(request, PERIME)
            return redirect(retour)
        else:
            messages.success(request, f"{format_date(vu.date, 'long').capitalize()} : retiré.")
            return redirect(retour)
    contexte = {"form": form, "vu": vu, "retour": retour, "evenements": read_events([vu])}
    return render(request, "referentiel/retirer_jour.html", contexte)
