"""The career of an agent: category and grade, administrative positions, contracts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agents.models import Carriere, Contrat, PositionAdministrative
from agents.perms import can_change_agent
from agents.rules.statut import describe_categorie
from agents.views.cadre import agent_frame
from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.imports.moteur.origines import find_origins


@require_perm("agents.view_carriere")
@require_safe
def carriere(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the three; of a position its dates, and its kind to those who read the kind of an absence."""
    contexte = agent_frame(request, pk)
    positions = PositionAdministrative.objects.visible_to(request.user).filter(agent=pk)
    lignes = Carriere.objects.visible_to(request.user).filter(agent=pk)
    carrieres = list(lignes)
    contrats = Contrat.objects.visible_to(request.user).filter(agent=pk)
    contexte |= {
        "origines": find_origins((lignes, positions, contrats), request.user),
        "carrieres": [(ligne, describe_categorie(ligne.code_categorie)) for ligne in carrieres],
        "positions": positions.select_related("type"),
        "contrats": contrats,
        "peut_saisir": can_change_agent(request.user, contexte["agent"]),
        "voit_positions": request.user.has_perm("agents.view_absence"),
        "voit_type": request.user.has_perm("agents.view_type_absence"),
    }
    return render(request, "agents/carriere.html", contexte)
