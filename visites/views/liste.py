"""« Visites à prévoir », the agents without follow-up, and the calculation on demand."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.journal import Lecture, record_lectures
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.listes import Liste, export_words, liste, render_list
from nouvea_sst.lib.tableaux import tell_filters
from nouvea_sst.referentiel.models import Parametre
from visites.actions import request_refresh
from visites.filters import EXCLUS, DueFilter, ExcluFilter, state_words
from visites.models import Suivi, VisiteDue
from visites.parametres import A_VENIR, BIENTOT
from visites.perms import reads_origin
from visites.querysets import VisiteDueQuerySet
from visites.tables import DueTable, ExcluTable

# The views, the count of each, and whether its rows are late.
VUES = (
    ("retard", "retard", True),
    ("bientot", "bientot", False),
    ("jamais", "jamais", False),
    ("manques", "manquee", False),
    ("placees", "placee", False),
    ("", "ouverte", False),
    (EXCLUS, "exclus", False),
    ("ecartees", "ecartee", False),
)
# Eight views stand on one line of a desk: there a long name is a short one.
COURTS = {"manques": "Manqués"}
# Columns that a role without the right does not get, neither on screen nor in the workbook. The priority of
# a request differs by who asked.
COLONNES = {
    "agents.view_identite": ("matricule", "cafat"),
    "agents.view_carriere": ("statut",),
    "visites.view_conclusion": ("conclusion", "message"),
    "visites.view_motif_demande": ("priorite",),
}
# More digits than any key has.
CHIFFRES_MAX = 19


@dataclass(frozen=True)
class Delais:
    """From which day before it a due date is soon, and how far the view of the coming ones reaches."""

    jour: datetime.date
    bientot: int
    a_venir: int


@require_perm("visites.view_suivi")
@require_safe
@liste
def liste_suivis(request: HttpRequest) -> HttpResponse:
    """List the visits due, the latest first, or the agents without follow-up."""
    jour = timezone.localdate()
    nombres = Parametre.objects.numbers_on(jour, (BIENTOT, A_VENIR))
    delais = Delais(jour, int(nombres[BIENTOT.code]), int(nombres[A_VENIR.code]))
    make = list_excluded if request.GET.get("echeance") == EXCLUS else list_dues
    return render_list(request, make(request, delais))


def list_dues(request: HttpRequest, delais: Delais) -> Liste:
    """Return the list of visits due."""
    user, jour = request.user, delais.jour
    dues = VisiteDue.objects.visible_to(user).on(jour, delais.a_venir)
    lignes = read_rows(user, dues, jour)
    filtre = DueFilter(
        request.GET,
        queryset=lignes if "pourquoi" in request.GET else lignes.defer("preuve"),
        request=request,
        jour=jour,
        a_venir=delais.a_venir,
        origine=reads_origin(user),
    )
    comptes = count_views(request, delais, filtre)
    record_read(request, filtre, comptes["ici"], "visite", dues)
    return Liste(
        queryset=lignes,
        table=DueTable,
        modele="visites/liste.html",
        nom_fichier="visites-a-prevoir",
        filtre=lambda *args, **kwargs: filtre,
        contexte=page_context(request, delais, comptes) | {"nom": "visite"},
        total=comptes["ici"],
        options_table=table_options(request)
        | {"jour": jour, "bientot": delais.bientot, "origine": reads_origin(user)},
    )


def read_rows(user: Any, dues: VisiteDueQuerySet, jour: datetime.date) -> VisiteDueQuerySet:
    """The rows with all that this account reads of them."""
    lignes = dues.with_appointment().in_words(origine=reads_origin(user))
    if user.has_perm("visites.view_conclusion"):
        lignes = lignes.with_last_conclusion(jour)
    return lignes.select_related("agent__structure__direction", "agent__site")


def list_excluded(request: HttpRequest, delais: Delais) -> Liste:
    """Return the list of the agents without follow-up, each with why."""
    exclus = Suivi.objects.visible_to(request.user).excluded()
    filtre = ExcluFilter(
        request.GET,
        queryset=exclus.select_related("agent__structure__direction", "agent__site"),
        request=request,
        jour=delais.jour,
        a_venir=delais.a_venir,
    )
    comptes = count_views(request, delais, filtre)
    record_read(request, filtre, comptes["ici"], "agent", exclus)
    return Liste(
        queryset=exclus,
        table=ExcluTable,
        modele="visites/liste.html",
        nom_fichier="hors-du-suivi",
        filtre=lambda *args, **kwargs: filtre,
        contexte=page_context(request, delais, comptes) | {"nom": "agent"},
        total=comptes["ici"],
        options_table=table_options(request),
    )


def table_options(request: HttpRequest) -> dict[str, Any]:
    """The row that is open, and the columns that this account or the paper does without."""
    cachees = [c for droit, noms in COLONNES.items() if not request.user.has_perm(droit) for c in noms]
    if request.GET.get("imprimer") == "1":
        cachees.append("pourquoi")
    return {"ouverte": request.GET.get("pourquoi", ""), "exclude": tuple(cachees)}


def count_views(request: HttpRequest, delais: Delais, filtre: Any) -> dict[str, Any]:
    """Count the rows of each view, and « ici » those of this page with its filters, in one question."""
    suivis = Suivi.objects.visible_to(request.user)
    return suivis.counts(delais.jour, delais.a_venir, ici=filtre.qs)


def record_read(request: HttpRequest, filtre: Any, nombre: int, nom: str, lignes: Any) -> None:
    """Leave one consultation line: how many rows, which filters; what was typed stays out.

    One more names the agent whose date is explained in the list: it tells why he is seen.
    """
    mots = tell_filters(filtre, request)
    libelle = f"{count_of(nombre, nom)}{f' ({mots})' if mots else ''}{export_words(request)}"
    lectures = [Lecture(acte="visites.list", libelle=libelle)]
    cle = request.GET.get("pourquoi", "")
    if cle.isdecimal() and len(cle) < CHIFFRES_MAX:
        ligne = lignes.filter(pk=cle).select_related("agent").first()
        if ligne is not None:
            lectures.append(Lecture(acte="visites.pourquoi", objet=ligne.agent, agent=ligne.agent))
    record_lectures(acteur=request.user, lectures=lectures)


def page_context(request: HttpRequest, delais: Delais, comptes: dict[str, Any]) -> dict[str, Any]:
    """Return the views with their counts, and when the dates were calculated."""
    user = request.user
    mots, active = state_words(delais.a_venir), request.GET.get("echeance", "")
    adresse = reverse("visites:liste")
    vues = [
        {
            "libelle": COURTS.get(cle, mots[cle]) if cle else "Toutes",
            "url": f"{adresse}?echeance={cle}" if cle else adresse,
            "actif": cle == active,
            "compte": comptes[compte],
            "retard": en_retard and comptes[compte] > 0,
        }
        for cle, compte, en_retard in VUES
    ]
    return {
        "vues": vues,
        "calcule_le": comptes["calcule_le"],
        "suivis": comptes["suivis"],
        "peut_calculer": user.has_perm("visites.calculate_suivi"),
        "a_sa_journee": user.has_perm("visites.plan_visite"),
    }


@require_perm("visites.calculate_suivi")
@require_POST
@send_once
def calculer(request: HttpRequest) -> HttpResponse:
    """Recompute in the worker the due dates that the account sees."""
    return redirect("travaux:travail", request_refresh(acteur=request.user).pk)
