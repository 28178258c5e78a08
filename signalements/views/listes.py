"""The three lists: their views, their counts, their consultation line."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_filters import FilterSet

from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.listes import Liste, export_words, liste, render_list
from nouvea_sst.lib.tableaux import tell_filters
from nouvea_sst.referentiel.models import Parametre
from signalements.filters import AccidentFilter, ActionFilter, SignalementFilter
from signalements.models import Accident, Action, Signalement
from signalements.parametres import BIENTOT, DELAI, read_seuils
from signalements.tables import AccidentTable, ActionTable, SignalementTable


def _chosen(request: HttpRequest, filtre: type[FilterSet], vues: tuple[str, ...], premiere: str) -> str:
    """The view asked for; the first one on an address without filter, all rows on one with."""
    demandee = request.GET.get("vue", "")
    if demandee in vues:
        return demandee
    filtree = any(nom in request.GET for nom in filtre.base_filters)
    return vues[-1] if filtree else premiere


def _links(libelles: dict[str, str], comptes: dict[str, int], courante: str) -> list[dict[str, Any]]:
    """The views as components/views.html reads them."""
    return [
        {
            "libelle": libelle,
            "url": f"?vue={vue}",
            "actif": vue == courante,
            "compte": comptes[vue],
            "retard": vue == "en_retard" and comptes[vue] > 0,
        }
        for vue, libelle in libelles.items()
    ]


def _nearby(request: HttpRequest, filtre: type[FilterSet], lignes: Any, toutes: Any, vue: str) -> dict:
    """What the list says without rows: how many the last view has for the same filters, and where."""
    if filtre(request.GET, queryset=lignes, request=request).qs.exists():
        return {}
    large = request.GET.copy()
    large.pop("page", None)
    large["vue"] = vue
    ailleurs = filtre(request.GET, queryset=toutes, request=request).qs.count()
    filtree = any(request.GET.get(nom) for nom in filtre.base_filters)
    return {"ailleurs": ailleurs, "url_ailleurs": f"?{large.urlencode()}", "filtree": filtree}


def _record(request: HttpRequest, acte: str, vue: str, filtre: type[FilterSet], lignes: QuerySet) -> None:
    """One consultation line: how many rows, which view, which filters. What was typed stays out."""
    filtrees = filtre(request.GET, queryset=lignes, request=request)
    mots = ", ".join(part for part in (f"vue « {vue} »", tell_filters(filtrees, request)) if part)
    libelle = f"{count_of(filtrees.qs.count(), 'ligne')} ({mots}){export_words(request)}"
    record_consultation(acteur=request.user, acte=acte, libelle=libelle)


RIEN = {
    "a_qualifier": "Tous les signalements reçus sont qualifiés.",
    "en_retard": "Aucune échéance n’est passée.",
    "en_cours": "Aucun signalement qualifié n’attend de mesures.",
    "clos": "Aucun signalement n’est encore clos ni rejeté.",
    "avec_arret": "Aucun accident n’a causé un jour d’arrêt.",
    "sans_arret": "Tous les accidents ont causé un arrêt.",
    "trajet": "Aucun accident n’est arrivé entre domicile et travail.",
    "a_faire": "Toutes les actions sont faites ou abandonnées.",
    "faites": "Aucune action n’est encore déclarée faite.",
}

VUES_SIGNALEMENT = {
    "a_qualifier": "À qualifier",
    "en_retard": "En retard",
    "en_cours": "En cours",
    "clos": "Clos ou rejetés",
    "tous": "Tous",
}


def _signalements_of(vus: Any, vue: str, jour: datetime.date) -> Any:
    """The rows of a view, those to qualify by deadline, the others latest first."""
    choix = {
        "a_qualifier": lambda: vus.to_qualify().order_by("qualifier_avant", "-danger_immediat", "pk"),
        "en_retard": lambda: vus.late_on(jour).order_by("qualifier_avant", "-danger_immediat", "pk"),
        "en_cours": vus.under_way,
        "clos": vus.finished,
        "tous": vus.all,
    }
    return choix[vue]().select_related("structure", "site", "pilote")


@require_perm("signalements.view_signalement")
@require_safe
@liste
def liste_signalements(request: HttpRequest) -> HttpResponse:
    """Reports; the section opens on those that wait for it, the others on all of theirs."""
    jour = timezone.localdate()
    vus = Signalement.objects.visible_to(request.user)
    premiere = "a_qualifier" if request.user.has_perm("signalements.qualify_signalement") else "tous"
    vue = _chosen(request, SignalementFilter, tuple(VUES_SIGNALEMENT), premiere)
    lignes = _signalements_of(vus, vue, jour)
    _record(request, "signalements.liste", VUES_SIGNALEMENT[vue], SignalementFilter, lignes)
    definition = Liste(
        queryset=lignes,
        table=SignalementTable,
        modele="signalements/liste.html",
        nom_fichier="signalements",
        filtre=SignalementFilter,
        contexte={
            "vues": _links(VUES_SIGNALEMENT, vus.count_views(jour), vue),
            "rien": _nearby(request, SignalementFilter, lignes, vus, "tous"),
            "raison": RIEN.get(vue, ""),
        },
        options_table={
            "jour": jour,
            "seuils": read_seuils(jour),
            "delai": Parametre.objects.number_on(jour, DELAI),
        },
    )
    return render_list(request, definition)


VUES_ACCIDENT = {
    "avec_arret": "Avec arrêt",
    "sans_arret": "Sans arrêt",
    "trajet": "Trajet",
    "tous": "Tous",
}


def _accidents_of(vus: Any, vue: str) -> Any:
    """The rows of a view."""
    choix = {
        "avec_arret": vus.with_leave,
        "sans_arret": vus.without_leave,
        "trajet": vus.of_commuting,
        "tous": vus.all,
    }
    return choix[vue]().select_related("agent", "structure").with_absences()


@require_perm("signalements.view_accident")
@require_safe
@liste
def liste_accidents(request: HttpRequest) -> HttpResponse:
    """Accidents, latest first."""
    vus = Accident.objects.visible_to(request.user)
    vue = _chosen(request, AccidentFilter, tuple(VUES_ACCIDENT), "tous")
    lignes = _accidents_of(vus, vue)
    _record(request, "signalements.accidents", VUES_ACCIDENT[vue], AccidentFilter, lignes)
    definition = Liste(
        queryset=lignes,
        table=AccidentTable,
        modele="signalements/accidents.html",
        nom_fichier="accidents",
        filtre=AccidentFilter,
        contexte={
            "vues": _links(VUES_ACCIDENT, vus.count_views(), vue),
            "rien": _nearby(request, AccidentFilter, lignes, vus, "tous"),
            "raison": RIEN.get(vue, ""),
        },
        options_table={"jour": timezone.localdate()},
    )
    return render_list(request, definition)


VUES_ACTION = {
    "a_faire": "À faire",
    "en_retard": "En retard",
    "faites": "Faites",
    "toutes": "Toutes",
}


def _actions_of(vues: Any, vue: str, jour: datetime.date) -> Any:
    """The rows of a view, open ones by deadline, done ones latest first."""
    choix = {
        "a_faire": vues.open,
        "en_retard": lambda: vues.late_on(jour),
        "faites": lambda: vues.done().order_by("-faite_le", "-pk"),
        "toutes": vues.all,
    }
    return choix[vue]().select_related("structure", "pilote")


@require_perm("signalements.view_action")
@require_safe
@liste
def liste_actions(request: HttpRequest) -> HttpResponse:
    """Actions of the plan, soonest deadline first."""
    jour = timezone.localdate()
    vues = Action.objects.visible_to(request.user)
    vue = _chosen(request, ActionFilter, tuple(VUES_ACTION), "a_faire")
    lignes = _actions_of(vues, vue, jour)
    _record(request, "signalements.actions", VUES_ACTION[vue], ActionFilter, lignes)
    definition = Liste(
        queryset=lignes,
        table=ActionTable,
        modele="signalements/actions.html",
        nom_fichier="plan_d_actions",
        filtre=ActionFilter,
        contexte={
            "vues": _links(VUES_ACTION, vues.count_views(jour), vue),
            "rien": _nearby(request, ActionFilter, lignes, vues, "toutes"),
            "raison": RIEN.get(vue, ""),
        },
        options_table={"jour": jour, "bientot": Parametre.objects.number_on(jour, BIENTOT)},
    )
    return render_list(request, definition)
