"""Pages of due dates, visits and restrictions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from agents.models import Agent
from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.comptes.journal import record_consultation


@require_perm("visites.view_suivi")
def liste(request: HttpRequest) -> HttpResponse:
    """« Visites à prévoir »."""
    return render(request, "visites/liste.html", {})


@require_perm("visites.view_visite")
def agent(request: HttpRequest, pk: int) -> HttpResponse:
    """Visits of an agent."""
    vu = get_object_or_404(Agent.objects.visible_to(request.user), pk=pk)
    record_consultation(acteur=request.user, acte="visites.view_agent", objet=vu, agent=vu)
    return render(request, "visites/agent.html", {"agent": vu})


@require_perm("visites.view_mesures")
def restrictions_agent(request: HttpRequest, pk: int) -> HttpResponse:
    """Restrictions of an agent."""
    vu = get_object_or_404(Agent.objects.visible_to(request.user), pk=pk)
    record_consultation(acteur=request.user, acte="visites.view_mesures", objet=vu, agent=vu)
    return render(request, "visites/restrictions_agent.html", {"agent": vu})
