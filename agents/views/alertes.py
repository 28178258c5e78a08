"""The alerts of absence: list with its precision, page of one, decisions."""

import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from agents.actions import dismiss_alerte, reopen_alerte, request_alertes, treat_alerte
from agents.enums import EtatAlerte, MotifEcart, RegleAlerte
from agents.filters import TOUTES, AlerteFilter
from agents.forms.alertes import EcarterAlerteForm
from agents.models import AlerteAbsence
from agents.perms import can_decide_alerte, refuse_own_file
from agents.pourquoi import explain_alerte
from agents.rules.precision import last_quarters, name_quarter, quarter_key, read_precisions
from agents.tables import AlerteTable
from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of, format_percent
from nouvea_sst.lib.annulation import say_done
from nouvea_sst.lib.listes import Liste, export_words, liste, render_list
from nouvea_sst.lib.tableaux import tell_filters
from nouvea_sst.lib.transitions import TransitionRefusee
from nouvea_sst.lib.versions import VersionPerimee, read_version

VOIR, DECIDER, EXPORTER = "agents.view_alerte", "agents.change_alerte", "agents.export_agent"
PERIMEE = "Cette alerte vient de changer : relisez-la avant de décider."
CHIFFRES_MAX = 19  # more digits than any key has
COLONNES = {
    "levees": "Levées",
    "traitees": "Traitées",
    "justes": "Justes",
    "fausses": "Fausses",
    "caduques": "Sans suite",
    "ouvertes": "À traiter",
}
ETATS = dict(zip(COLONNES, (TOUTES, "traitee", "justes", "fausses", "caduque", ""), strict=True))


@require_perm(VOIR)
@require_safe
@liste
def alertes(request: HttpRequest) -> HttpResponse:
    """List the alerts, those to treat unless asked otherwise, with what became of them by quarter."""
    jour, user = timezone.localdate(), request.user
    lignes = AlerteAbsence.objects.visible_to(user)
    filtre = partial(AlerteFilter, jour=jour)
    record_list(request, lignes, filtre)
    record_explained(request, lignes)
    contexte = {
        "vues": views_of(request, lignes),
        "precisions": precision_rows(lignes, jour),
        "peut_calculer": user.has_perm(DECIDER),
    }
    definition = Liste(
        queryset=lignes.select_related("agent__structure__direction"),
        table=AlerteTable,
        modele="agents/alertes.html",
        nom_fichier="alertes",
        filtre=filtre,
        contexte=contexte,
        exportable=user.has_perm(EXPORTER),
        options_table={
            "ouverte": request.GET.get("pourquoi", ""),
            "exclude": ("pourquoi",) if request.GET.get("imprimer") == "1" else (),
        },
    )
    return render_list(request, definition)


def record_list(request: HttpRequest, lignes: Any, filtre: Any) -> None:
    """Leave one consultation line: how many rows, which filters; what was typed stays out."""
    applique = filtre(request.GET, queryset=lignes, request=request)
    mots = tell_filters(applique, request)
    forme = export_words(request, request.user.has_perm(EXPORTER))
    libelle = f"{count_of(applique.qs.count(), 'alerte')}{f' ({mots})' if mots else ''}{forme}"
    record_consultation(acteur=request.user, acte="agents.alertes", libelle=libelle)


def record_explained(request: HttpRequest, lignes: Any) -> None:
    """Leave a line that names the agent whose alert is explained in the list."""
    cle = request.GET.get("pourquoi", "")
    if cle.isdecimal() and len(cle) < CHIFFRES_MAX:
        alerte = lignes.filter(pk=cle).select_related("agent").first()
        if alerte is not None:
            _note(request, "agents.alerte", alerte)


def views_of(request: HttpRequest, lignes: Any) -> list[dict[str, Any]]:
    """Return the views above the list: all to treat, then by rule, each with its number of rows."""
    ouvertes = {
        regle.value: Count("pk", filter=Q(etat=EtatAlerte.OUVERTE, regle=regle)) for regle in RegleAlerte
    }
    comptes = lignes.order_by().aggregate(toutes=Count("pk", filter=Q(etat=EtatAlerte.OUVERTE)), **ouvertes)
    actuel = {cle: valeur for cle, valeur in request.GET.items() if valeur}
    choix: list[tuple[str, dict[str, str], str]] = [("À traiter", {}, "toutes")]
    choix += [(str(regle.label), {"regle": regle.value}, regle.value) for regle in RegleAlerte]
    return [
        {
            "libelle": libelle,
            "url": f"{reverse('agents:alertes')}?{urlencode(champs)}".rstrip("?"),
            "actif": actuel == champs,
            "compte": comptes[compte],
            "retard": False,
        }
        for libelle, champs, compte in choix
    ]


def precision_rows(lignes: Any, jour: datetime.date) -> list[dict[str, Any]]:
    """Return what became of the alerts of the last quarters, by rule; each figure has its rows' address."""
    depuis = last_quarters(jour)[-1]
    comptes = read_precisions(lignes.filter(levee_le__gte=depuis).count_by_quarter())
    return [
        {
            "trimestre": name_quarter(ligne.trimestre),
            "regle": RegleAlerte(ligne.regle).label,
            "nombres": [
                (getattr(ligne, nom), _rows_address(ligne.trimestre, ligne.regle, ETATS[nom]), mot)
                for nom, mot in COLONNES.items()
            ],
            "taux": format_percent(ligne.taux, 0) or "—",
        }
        for ligne in comptes
    ]


def _rows_address(trimestre: datetime.date, regle: str, etat: str) -> str:
    champs = {"trimestre": quarter_key(trimestre), "regle": regle, "etat": etat}
    return f"{reverse('agents:alertes')}?{urlencode({c: v for c, v in champs.items() if v})}"


@require_perm(VOIR)
@require_safe
def alerte(request: HttpRequest, pk: int) -> HttpResponse:
    """One alert: its rule, its facts, what was decided."""
    vue = find_alerte(request, pk)
    _note(request, "agents.alerte", vue)
    contexte = {
        "alerte": vue,
        "pourquoi": explain_alerte(vue),
        "peut": can_decide_alerte(request.user, vue.agent),
        "ouverte": vue.etat == EtatAlerte.OUVERTE,
        "decidee": vue.decidee_le is not None,
    }
    return render(request, "agents/alerte.html", contexte)


def find_alerte(request: HttpRequest, pk: int) -> AlerteAbsence:
    """Return the alert, or 404."""
    vues = AlerteAbsence.objects.visible_to(request.user)
    return get_object_or_404(vues.select_related("agent__structure", "decidee_par"), pk=pk)


def _note(request: HttpRequest, acte: str, vue: AlerteAbsence) -> None:
    if request.method in {"GET", "HEAD"}:
        record_consultation(acteur=request.user, acte=acte, objet=vue, agent=vue.agent)


@require_perm(DECIDER)
@require_POST
def alerte_traiter(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark an alert as followed by an act."""
    vue = find_alerte(request, pk)
    try:
        faite = treat_alerte(
            acteur=request.user, pk=vue.pk, version=read_version(request.POST), maintenant=timezone.now()
        )
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    except VersionPerimee:
        messages.warning(request, PERIMEE)
    else:
        _say_decided(request, faite, "L’alerte est traitée.")
    return redirect("agents:alerte", pk)


@require_perm(DECIDER)
@require_form
def alerte_ecarter(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then set an alert aside."""
    vue = find_alerte(request, pk)
    refuse_own_file(request.user, vue.agent)
    _note(request, "agents.alerte_ecarter", vue)
    form = EcarterAlerteForm(request.POST or None, initial={"version": vue.version})
    if request.method == "POST" and form.is_valid():
        lus = form.cleaned_data
        try:
            faite = dismiss_alerte(
                acteur=request.user,
                pk=vue.pk,
                version=lus["version"],
                motif=MotifEcart(lus["motif"]),
                commentaire=lus["commentaire"],
                maintenant=timezone.now(),
            )
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
        except VersionPerimee:
            messages.warning(request, PERIMEE)
        else:
            _say_decided(request, faite, "L’alerte est écartée.")
        return redirect("agents:alerte", pk)
    return render(request, "agents/alerte_ecarter.html", {"alerte": vue, "form": form})


def _say_decided(request: HttpRequest, faite: AlerteAbsence, texte: str) -> None:
    """Say it with the button that takes it back."""
    say_done(
        request,
        texte,
        adresse=reverse("agents:alerte_rouvrir", args=[faite.pk]),
        bouton="Remettre à traiter",
        champs={"version": faite.version},
    )


@require_perm(DECIDER)
@require_POST
def alerte_rouvrir(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back."""
    vue = find_alerte(request, pk)
    try:
        reopen_alerte(acteur=request.user, pk=vue.pk, version=read_version(request.POST))
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    except VersionPerimee:
        messages.warning(request, PERIMEE)
    else:
        messages.success(request, "L’alerte est de nouveau à traiter.")
    return redirect("agents:alerte", pk)


@require_perm(DECIDER)
@require_POST
@send_once
def alertes_calculer(request: HttpRequest) -> HttpResponse:
    """Queue the calculation of the alerts that the account sees."""
    return redirect("travaux:travail", request_alertes(acteur=request.user).pk)
