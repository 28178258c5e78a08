"""The list of agents."""

import datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from agents.filters import DROITS, AgentFilter
from agents.models import Agent
from agents.tables import AgentTable
from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.comptes.enums import Portee
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.imports.enums import EtatImport
from nouvea_sst.imports.models import Import
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.listes import Liste, liste, render_list
from nouvea_sst.lib.tableaux import describe_filters

# Columns that a role without the right does not get, neither on screen nor in the workbook.
COLONNES = {
    "agents.view_identite": ("matricule", "date_naissance"),
    "agents.view_carriere": ("statut", "date_embauche", "date_depart"),
}
VUES = (
    ("Présents", ""),
    ("Absents ce jour", "absence=oui"),
    ("Absents depuis plus de 30 jours", "absence=longue"),
    ("Partis", "presence=partis"),
    ("Élus", "elus=seulement"),
)


@require_perm("agents.view_agent")
@liste
def liste_agents(request: HttpRequest) -> HttpResponse:
    """Show the agents whom this account may see; one who sees only himself gets his own page."""
    user: Any = request.user
    if user.portee == Portee.SOI:
        if soi := Agent.objects.visible_to(user).first():
            return redirect("agents:agent", soi.pk)
    jour = timezone.localdate()
    agents = Agent.objects.visible_to(request.user).select_related("structure__direction", "poste", "site")
    if request.user.has_perm("agents.view_absence"):
        agents = agents.with_absence_on(jour)
    contexte = {
        "jour": jour,
        "vues": views_of(request, agents, jour),
        "dernier_import": last_import(request.user),
        "ailleurs": elsewhere(request, agents, jour),
    }
    definition = Liste(
        queryset=agents,
        table=AgentTable,
        modele="agents/liste.html",
        nom_fichier="agents",
        filtre=partial(AgentFilter, jour=jour),
        contexte=contexte,
        exportable=request.user.has_perm("agents.export_agent"),
        options_table={"jour": jour, "exclude": hidden_columns(request.user)},
    )
    return render_list(request, definition)


def hidden_columns(user: Any) -> tuple[str, ...]:
    """Return the columns that this account does not get."""
    return tuple(c for droit, noms in COLONNES.items() if not user.has_perm(droit) for c in noms)


def views_of(request: HttpRequest, agents: Any, jour: datetime.date) -> list[dict[str, Any]]:
    """Return the views above the list, each with the number of rows that its filter gives."""
    vues, champs = [], AgentFilter.base_filters
    for libelle, requete in VUES:
        choix = QueryDict(requete)
        if all(request.user.has_perm(DROITS[nom]) for nom in choix):
            compte = AgentFilter(choix, queryset=agents, request=request, jour=jour).qs.count()
            url = f"{reverse('agents:liste')}{'?' if requete else ''}{requete}"
            actif = {c: v for c, v in request.GET.items() if v and c in champs} == choix.dict()
            vues.append({"libelle": libelle, "url": url, "actif": actif, "compte": compte, "retard": False})
    return vues


def elsewhere(request: HttpRequest, agents: Any, jour: datetime.date) -> dict[str, Any]:
    """Note the consultation, and when no row answers say how many would without presence and elected."""
    filtre = AgentFilter(request.GET, queryset=agents, request=request, jour=jour)
    nombre = filtre.qs.count()
    mots = ", ".join(f"{puce.libelle} : {puce.valeur}" for puce in describe_filters(filtre, request))
    record_consultation(
        acteur=request.user,
        acte="agents.liste",
        libelle=f"{count_of(nombre, 'agent')}{f' ({mots})' if mots else ''}",
    )
    if nombre or not request.GET:
        return {"nombre": 0, "url": ""}
    large = request.GET.copy()
    large["presence"], large["elus"] = "tous", "avec"
    autres = AgentFilter(large, queryset=agents, request=request, jour=jour).qs.count()
    return {"nombre": autres, "url": f"?{large.urlencode()}"}


def last_import(user: Any) -> datetime.date | None:
    """Return the day of the last register applied, for those who may import."""
    appliques = Import.objects.visible_to(user).filter(etat=EtatImport.APPLIQUE, applique_le__isnull=False)
    moment = appliques.order_by("-applique_le").values_list("applique_le", flat=True).first()
    return timezone.localtime(moment).date() if moment else None
