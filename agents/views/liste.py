"""The list of agents."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agents.filters import DROITS, AgentFilter
from agents.models import Agent
from agents.parametres import ABSENCE_LONGUE
from agents.tables import AgentTable
from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.comptes.enums import Portee
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.imports.enums import EtatImport
from nouvea_sst.imports.models import Import
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.listes import Liste, export_words, liste, render_list
from nouvea_sst.lib.tableaux import tell_filters
from nouvea_sst.referentiel.models import Parametre

# Columns that a role without the right does not get, neither on screen nor in the workbook.
COLONNES = {
    "agents.view_identite": ("matricule", "date_naissance"),
    "agents.view_carriere": ("statut", "date_embauche", "date_depart"),
}
VUES = (
    ("Présents", ""),
    ("Absents ce jour", "absence=oui"),
    ("Absents depuis plus de {}", "absence=longue"),
    ("Partis", "presence=partis"),
    ("Élus", "elus=seulement"),
)


@require_perm("agents.view_agent")
@require_safe
@liste
def liste_agents(request: HttpRequest) -> HttpResponse:
    """Show the agents whom this account may see; one who sees only himself gets his own page."""
    user: Any = request.user
    if user.portee == Portee.SOI:
        if soi := Agent.objects.visible_to(user).first():
            return redirect("agents:agent", soi.pk)
    jour = timezone.localdate()
    agents = Agent.objects.visible_to(user).select_related("structure__direction", "poste", "site")
    if user.has_perm("agents.view_absence"):
        agents = agents.with_absence_on(jour)
    longue = Parametre.objects.number_on(jour, ABSENCE_LONGUE)
    filtre = AgentFilter(request.GET, queryset=agents, request=request, jour=jour, longue=longue)
    contexte = {"jour": jour, "dernier_import": last_import(user)} | views_of(filtre)
    definition = Liste(
        queryset=agents,
        table=AgentTable,
        modele="agents/liste.html",
        nom_fichier="agents",
        filtre=lambda *args, **kwargs: filtre,
        contexte=contexte,
        exportable=user.has_perm("agents.export_agent"),
        options_table={"jour": jour, "exclude": hidden_columns(user)},
    )
    return render_list(request, definition)


def hidden_columns(user: Any) -> tuple[str, ...]:
    """Return the columns that this account does not get."""
    return tuple(c for droit, noms in COLONNES.items() if not user.has_perm(droit) for c in noms)


def views_of(filtre: AgentFilter) -> dict[str, Any]:
    """Return the views above the list, each with its number of rows, and note the consultation.

    When no row answers, « ailleurs » says how many would, whatever their presence, elected members included.
    """
    user, champs = filtre.request.user, filtre.filters
    permises = [
        (libelle.format(count_of(filtre.longue, "jour")), QueryDict(requete))
        for libelle, requete in VUES
        if all(user.has_perm(DROITS[nom]) for nom in QueryDict(requete))
    ]
    *comptes, ici = count_rows(user, [*(choose(filtre, c) for _, c in permises), filtre])
    actuel = {c: v for c, v in filtre.request.GET.items() if v and c in champs}
    note_consultation(filtre, ici)
    return {
        "vues": [
            {
                "libelle": libelle,
                "url": f"{reverse('agents:liste')}?{choisi.urlencode()}".rstrip("?"),
                "actif": actuel == choisi.dict(),
                "compte": compte,
                "retard": False,
            }
            for (libelle, choisi), compte in zip(permises, comptes, strict=True)
        ],
        "ailleurs": {"nombre": 0, "url": ""} if ici else elsewhere(filtre),
    }


def choose(filtre: AgentFilter, choix: QueryDict) -> AgentFilter:
    """Return the same list under another choice of filters."""
    return AgentFilter(
        choix, queryset=filtre.queryset, request=filtre.request, jour=filtre.jour, longue=filtre.longue
    )


def count_rows(user: Any, filtres: Sequence[AgentFilter]) -> list[int]:
    """Return the number of rows of each choice of filters, all by one query."""
    comptes = {
        f"n{rang}": Count("pk", filter=Q(pk__in=filtre.qs.order_by().values("pk")))
        for rang, filtre in enumerate(filtres)
    }
    return list(Agent.objects.visible_to(user).aggregate(**comptes).values())


def elsewhere(filtre: AgentFilter) -> dict[str, Any]:
    """Return how many would answer whatever their presence, elected members included, and the address."""
    large = filtre.request.GET.copy()
    large["presence"], large["elus"] = "tous", "avec"
    return {"nombre": choose(filtre, large).qs.count(), "url": f"?{large.urlencode()}"}


def note_consultation(filtre: AgentFilter, nombre: int) -> None:
    """Leave one line for the list: its filters and its number of rows; what was typed stays out."""
    mots = tell_filters(filtre, filtre.request)
    forme = export_words(filtre.request, filtre.request.user.has_perm("agents.export_agent"))
    record_consultation(
        acteur=filtre.request.user,
        acte="agents.liste",
        libelle=f"{count_of(nombre, 'agent')}{f' ({mots})' if mots else ''}{forme}",
    )


def last_import(user: Any) -> datetime.date | None:
    """Return the day of the last register applied, for those who may import."""
    appliques = Import.objects.visible_to(user).filter(etat=EtatImport.APPLIQUE, applique_le__isnull=False)
    moment = appliques.order_by("-applique_le").values_list("applique_le", flat=True).first()
    return timezone.localtime(moment).date() if moment else None
