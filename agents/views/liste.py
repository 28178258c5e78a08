"""The list of agents."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agents.models import Agent
from nouvea_sst.comptes.acces import require_perm


@require_perm("agents.view_agent")
def liste_agents(request: HttpRequest) -> HttpResponse:
    """Show the agents whom this account may see."""
    agents = Agent.objects.visible_to(request.user)[:25]
    return render(request, "agents/liste.html", {"agents": agents})
