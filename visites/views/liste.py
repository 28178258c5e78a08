"""« Visites à prévoir », and the calculation on demand."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.listes import Liste, export_words, liste, render_list
from nouvea_sst.lib.tableaux import describe_filters
from nouvea_sst.referentiel.models import Parametre
from visites.actions import request_refresh
from visites.filters import SuiviFilter, state_words
from visites.models import Suivi
from visites.parametres import A_VENIR, BIENTOT
from visites.tables import SuiviTable

VUES = (
    ("retard", "retard", "retard"),
    ("bientot", "bientot", ""),
    ("jamais", "jamais", ""),
    ("placees", "placee", ""),
    ("", "suivi", ""),
    ("exclus", "exclus", ""),
)


@require_perm("visites.view_suivi")
@require_safe
@liste
def liste_suivis(request: HttpRequest) -> HttpResponse:
    """List who is due, the latest first."""
    jour = timezone.localdate()
    nombres = Parametre.objects.numbers_on(jour, (BIENTOT, A_VENIR))
    a_venir = int(nombres[A_VENIR.code])
    suivis = Suivi.objects.visible_to(request.user).on(jour, a_venir)
    lignes = suivis.select_related("agent__structure__direction")
    record_list(request, suivis, a_venir)
    definition = Liste(
        queryset=lignes if "pourquoi" in request.GET else lignes.defer("preuve"),
        table=SuiviTable,
        modele="visites/liste.html",
        nom_fichier="visites-a-prevoir",
        filtre=partial(SuiviFilter, a_venir=a_venir),
        contexte=page_context(request, suivis, a_venir),
        options_table={
            "jour": jour,
            "bientot": int(nombres[BIENTOT.code]),
            "ouverte": request.GET.get("pourquoi", ""),
            "exclude": ("pourquoi",) if request.GET.get("imprimer") == "1" else (),
        },
    )
    return render_list(request, definition)


def record_list(request: HttpRequest, suivis: Any, a_venir: int) -> None:
    """Leave one consultation line: which filters, how many rows."""
    filtre = SuiviFilter(request.GET, queryset=suivis, request=request, a_venir=a_venir)
    puces = [f"{puce.libelle} : {puce.valeur}" for puce in describe_filters(filtre, request)]
    libelle = " · ".join([count_of(filtre.qs.count(), "agent"), *puces]) + export_words(request)
    record_consultation(acteur=request.user, acte="visites.list", libelle=libelle)


def page_context(request: HttpRequest, suivis: Any, a_venir: int) -> dict[str, Any]:
    """Return the views with their counts, and when the dates were calculated."""
    comptes, mots = suivis.counts(), state_words(a_venir)
    active = request.GET.get("echeance", "")
    adresse = reverse("visites:liste")
    vues = [
        {
            "libelle": mots[cle] if cle else "Tous",
            "url": f"{adresse}?echeance={cle}" if cle else adresse,
            "actif": cle == active,
            "compte": comptes[compte],
            "retard": retard == "retard" and comptes[compte] > 0,
        }
        for cle, compte, retard in VUES
    ]
    return {
        "vues": vues,
        "calcule_le": comptes["calcule_le"],
        "suivis": comptes["suivi"],
        "peut_calculer": request.user.has_perm("visites.calculate_suivi"),
        "a_sa_journee": request.user.has_perm("visites.plan_visite"),
    }


@require_perm("visites.calculate_suivi")
@require_POST
@send_once
def calculer(request: HttpRequest) -> HttpResponse:
    """Recompute every due date in the worker."""
    return redirect("travaux:travail", request_refresh(acteur=request.user).pk)
