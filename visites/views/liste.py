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
from nouvea_sst.lib.tableaux import tell_filters
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
# More digits than any key has.
CHIFFRES_MAX = 19


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
    record_explained(request, suivis)
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
    """Leave one consultation line: how many rows, which filters; what was typed stays out."""
    filtre = SuiviFilter(request.GET, queryset=suivis, request=request, a_venir=a_venir)
    mots = tell_filters(filtre, request)
    libelle = f"{count_of(filtre.qs.count(), 'agent')}{f' ({mots})' if mots else ''}{export_words(request)}"
    record_consultation(acteur=request.user, acte="visites.list", libelle=libelle)


def record_explained(request: HttpRequest, suivis: Any) -> None:
    """Leave a line that names the agent whose date is explained in the list: it tells why he is seen."""
    cle = request.GET.get("pourquoi", "")
    if cle.isdecimal() and len(cle) < CHIFFRES_MAX:
        suivi = suivis.filter(pk=cle).select_related("agent").first()
        if suivi is not None:
            record_consultation(
                acteur=request.user, acte="visites.pourquoi", objet=suivi.agent, agent=suivi.agent
            )


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
    """Recompute in the worker the due dates that the account sees."""
    return redirect("travaux:travail", request_refresh(acteur=request.user).pk)
