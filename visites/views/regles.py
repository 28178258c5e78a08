"""Rules of visits: their list, the page of one, a version added after its preview, corrected or withdrawn."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.historique import read_events
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.listes import Liste, liste, render_list
from nouvea_sst.lib.versions import VersionPerimee
from nouvea_sst.referentiel.actions.valeurs import try_act
from nouvea_sst.referentiel.enums import Fiabilite
from nouvea_sst.referentiel.forms import RaisonForm, tomorrow
from nouvea_sst.referentiel.rules.valeurs import has_begun
from visites.actions import adopt_regle, correct_regle, start_essai, withdraw_regle
from visites.actions.regles import series_of
from visites.essais import read_valeurs
from visites.forms_regles import CorrigerRegleForm, RegleForm, written
from visites.models import EssaiRegle, RegleVisite, VisiteDue
from visites.perms import reads_origin
from visites.regles import Noms, current_of, describe, differences, state_of, values_read, warnings_of
from visites.rules.regles import DEMANDES, FAMILLES
from visites.tables_regles import RegleTable, dues_address

VOIR, ECRIRE = "referentiel.view_parametre", "referentiel.change_medical"
PERIMEE = "Quelqu’un d’autre a changé cette version entre-temps : relisez-la avant de la retirer."
# More digits than any key has.
CHIFFRES_MAX = 19


@require_perm(VOIR)
@require_safe
@liste
def liste_regles(request: HttpRequest) -> HttpResponse:
    """The version in force today of each rule, and the dated values that some rules read."""
    jour = timezone.localdate()
    essais = EssaiRegle.objects.visible_to(request.user).select_related("adoptee")
    regles = RegleVisite.objects.visible_to(request.user).listed_on(jour).with_dues(request.user)
    definition = Liste(
        queryset=regles.select_related("motif"),
        table=RegleTable,
        modele="visites/regles.html",
        nom_fichier="regles-de-visite",
        contexte={"valeurs": values_read(jour), "essais": essais[:5]},
        options_table={
            "noms": Noms.read(),
            "exclude": () if request.user.has_perm("visites.view_suivi") else ("dues",),
        },
    )
    return render_list(request, definition)


def find_versions(request: HttpRequest, declencheur: str) -> list[RegleVisite]:
    """All versions of a rule, latest first; 404 for an unknown one."""
    versions = RegleVisite.objects.visible_to(request.user).filter(declencheur=declencheur)
    lignes = list(versions.select_related("motif").order_by("-date_effet", "-pk"))
    if declencheur not in FAMILLES or not lignes:
        raise Http404
    return lignes


def counts_dues(user: Any, declencheur: str) -> bool:
    """Whether this account reads how many visits a rule makes due: of requests that would say who asked."""
    return user.has_perm("visites.view_suivi") and (declencheur not in DEMANDES or reads_origin(user))


@require_perm(VOIR)
@require_safe
def regle(request: HttpRequest, declencheur: str) -> HttpResponse:
    """One rule: its versions, what each changed, how many visits are due by it, its history."""
    lignes, jour = find_versions(request, declencheur), timezone.localdate()
    actuelle, noms = current_of(lignes, jour), Noms.read()
    essais = EssaiRegle.objects.visible_to(request.user).select_related("adoptee")
    dues = VisiteDue.objects.visible_to(request.user).open().filter(regle__in=lignes)
    comptes = dict(dues.order_by().values_list("regle").annotate(n=Count("pk")))
    gardees = [ligne for ligne in lignes if not ligne.retiree_parce_que]
    avant = dict(zip([ligne.pk for ligne in gardees], gardees[1:], strict=False))
    versions = [
        {
            "ligne": ligne,
            "etat": state_of(ligne, actuelle, jour),
            "ecarts": differences(avant[ligne.pk], ligne, noms) if ligne.pk in avant else [],
            "dues": comptes.get(ligne.pk, 0),
            "adresse": dues_address(regle=declencheur, version=f"{ligne.date_effet:%d/%m/%Y}"),
        }
        for ligne in lignes
    ]
    contexte = {
        "jour": jour,
        "actuelle": actuelle,
        "modele": actuelle or lignes[0],
        "mots": describe(actuelle or lignes[0], noms),
        "fiabilite": Fiabilite((actuelle or lignes[0]).fiabilite),
        "avertis": warnings_of(actuelle) if actuelle else [],
        "versions": versions,
        "voit_dues": counts_dues(request.user, declencheur),
        "valeurs": values_read(jour, declencheur),
        "essais": essais.filter(declencheur=declencheur)[:5],
        "evenements": read_events(lignes),
        "peut": request.user.has_perm(ECRIRE),
    }
    return render(request, "visites/regle.html", contexte)


@require_perm(ECRIRE)
@require_form
@send_once
def nouvelle_regle(request: HttpRequest, declencheur: str) -> HttpResponse:
    """Type a new version, read what it changes, then put it on trial: nobody adopts without its numbers."""
    lignes, jour = find_versions(request, declencheur), timezone.localdate()
    base = current_of(lignes, jour) or lignes[0]
    form = RegleForm(request.POST or None, base=base, initial=first_values(request, base, jour, lignes))
    contexte = {"base": base, "form": form, "corrigee": None, "jour": jour, "modele": base}
    if request.method == "POST" and form.is_valid() and "revenir" not in request.POST:
        faits = {"declencheur": declencheur, "version": form.cleaned_data["version"], "valeurs": form.valeurs}
        essaye = "essayer" in request.POST
        acte = start_essai if essaye else try_act(acte=adopt_regle)
        try:
            fait: Any = acte(acteur=request.user, jour=jour, **faits)
        except ValidationError as refus:
            form.hold(refus)
        except VersionPerimee as perimee:
            form.stale(series_of(lignes=find_versions(request, declencheur)), perimee.objet)  # type: ignore[arg-type]
        else:
            if essaye:
                return redirect("visites:essai", fait.pk)
            return render(request, "visites/regle_apercu.html", contexte | preview_of(form, contexte))
    return render(request, "visites/regle_changer.html", contexte)


def first_values(
    request: HttpRequest, base: RegleVisite, jour: datetime.date, lignes: list[RegleVisite]
) -> dict[str, Any]:
    """What the form opens with: a trial that one changes, else the version in force without its source."""
    cle = request.GET.get("essai", "")
    essai = None
    if cle.isdecimal() and len(cle) < CHIFFRES_MAX:
        essais = EssaiRegle.objects.visible_to(request.user)
        essai = essais.filter(pk=cle, declencheur=base.declencheur).first()
    if essai is not None:
        initial = written(RegleVisite(declencheur=base.declencheur, **read_valeurs(essai.valeurs)))
    else:
        initial = written(base) | {"date_effet": tomorrow(jour), "fiabilite": "", "source": ""}
    return initial | {"version": series_of(lignes=lignes)}


def preview_of(form: RegleForm, contexte: dict[str, Any]) -> dict[str, Any]:
    """What changes, from when, and what one should know before."""
    base, jour = contexte["base"], contexte["jour"]
    apres = RegleVisite(declencheur=base.declencheur, **form.valeurs)
    return {
        "ecarts": differences(base, apres, Noms.read()),
        "avertis": warnings_of(apres, base),
        "apres": apres,
        "fiabilite": Fiabilite(apres.fiabilite),
        "commence": has_begun(apres.date_effet, jour),
    }


def adopted(request: HttpRequest, date_effet: datetime.date, declencheur: str) -> HttpResponse:
    """Say that a version is adopted and when the dates follow."""
    suite = (
        "les échéances se recalculent en tâche de fond"
        if has_begun(date_effet, timezone.localdate())
        else "le calcul de cette nuit-là l’appliquera"
    )
    messages.success(request, f"Version adoptée à partir du {format_date(date_effet)} : {suite}.")
    return redirect("visites:regle", declencheur)


def find_future(request: HttpRequest, pk: int) -> tuple[RegleVisite, datetime.date]:
    """Return a version that may still change, and today; 404 for one that has begun."""
    ligne = get_object_or_404(RegleVisite.objects.visible_to(request.user).select_related("motif"), pk=pk)
    jour = timezone.localdate()
    if has_begun(ligne.date_effet, jour):
        raise Http404
    return ligne, jour


@require_perm(ECRIRE)
@require_form
def corriger_regle(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a version that has not begun, after its preview."""
    ligne, jour = find_future(request, pk)
    form = CorrigerRegleForm(
        request.POST or None, base=ligne, initial=written(ligne) | {"version": ligne.version}
    )
    contexte = {"base": ligne, "form": form, "corrigee": ligne, "jour": jour, "modele": ligne}
    if request.method == "POST" and form.is_valid() and "revenir" not in request.POST:
        confirme = "confirmer" in request.POST
        faits = {nom: form.cleaned_data[nom] for nom in ("version", "raison")}
        acte = correct_regle if confirme else try_act(acte=correct_regle)
        try:
            acte(acteur=request.user, jour=jour, pk=pk, valeurs=form.valeurs, **faits)
        except ValidationError as refus:
            form.hold(refus)
        except VersionPerimee as perimee:
            form.stale(perimee.objet.version, perimee.objet)  # type: ignore[attr-defined, arg-type]
        else:
            if confirme:
                messages.success(request, "Version à venir corrigée.")
                return redirect("visites:regle", ligne.declencheur)
            return render(request, "visites/regle_apercu.html", contexte | preview_of(form, contexte))
    return render(request, "visites/regle_changer.html", contexte)


@require_perm(ECRIRE)
@require_form
def retirer_regle(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a version that has not begun, with its reason."""
    ligne, jour = find_future(request, pk)
    form = RaisonForm(request.POST or None, initial={"version": ligne.version})
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_regle(acteur=request.user, jour=jour, pk=pk, **form.cleaned_data)
        except ValidationError as refus:
            form.hold(refus)
        except VersionPerimee:
            messages.warning(request, PERIMEE)
            return redirect("visites:regle", ligne.declencheur)
        else:
            messages.success(request, "Version à venir retirée.")
            return redirect("visites:regle", ligne.declencheur)
    retour = reverse("visites:regle", args=[ligne.declencheur])
    return render(request, "visites/regle_retirer.html", {"form": form, "ligne": ligne, "retour": retour})
