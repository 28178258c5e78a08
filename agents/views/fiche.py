"""The agent's page: identity and posts; entry and correction."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agents.views.cadre import agent_frame
from nouvea_sst.comptes.acces import require_perm


@require_perm("agents.view_agent")
def agent(request: HttpRequest, pk: int) -> HttpResponse:
    """Show identity and posts."""
    return render(request, "agents/agent.html", agent_frame(request, pk))
