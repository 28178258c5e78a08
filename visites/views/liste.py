"""« Visites à prévoir », and the calculation on demand."""

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
from visites.actions import request_refresh
from visites.faits import read_bientot
from visites.filters import ETATS, SuiviFilter
from visites.models import Suivi
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
    suivis = Suivi.objects.visible_to(request.user).on(jour)
    lignes = suivis.select_related("agent__structure__direction")
    record_list(request, suivis)
    definition = Liste(
        queryset=lignes if "pourquoi" in request.GET else lignes.defer("preuve"),
        table=SuiviTable,
        modele="visites/liste.html",
        nom_fichier="visites-a-prevoir",
        filtre=SuiviFilter,
        contexte=page_context(request, suivis),
        options_table={
            "jour": jour,
            "bientot": read_bientot(jour),
            "ouverte": request.GET.get("pourquoi", ""),
            "exclude": ("pourquoi",) if request.GET.get("imprimer") == "1" else (),
        },
    )
    return render_list(request, definition)


def record_list(request: HttpRequest, suivis: Any) -> None:
    """Leave one consultation line: which filters, how many rows."""
    filtre = SuiviFilter(request.GET, queryset=suivis, request=request)
    puces = [f"{puce.libelle} : {puce.valeur}" for puce in describe_filters(filtre, request)]
    libelle = " · ".join([count_of(filtre.qs.count(), "agent"), *puces]) + export_words(request)
    record_consultation(acteur=request.user, acte="visites.list", libelle=libelle)


def page_context(request: HttpRequest, suivis: Any) -> dict[str, Any]:
    """Return the views with their counts, and when the dates were calculated."""
    comptes = suivis.counts()
    active = request.GET.get("echeance", "")
    adresse = reverse("visites:liste")
    vues = [
        {
            "libelle": ETATS[cle][0] if cle else "Tous",
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
