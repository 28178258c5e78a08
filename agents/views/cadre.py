"""The frame of the agent page: who he is, what stands out today, the tabs. Other apps' tabs call it."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from agents.models import Agent
from nouvea_sst.comptes.journal import record_consultation


def agent_frame(request: HttpRequest, pk: int, onglet: str = "") -> dict[str, Any]:
    """Return the context of agents/base_agent.html, under « agent » the agent himself; 404 out of scope.

    Reading a tab leaves a consultation line. `onglet` is the URL name of the tab to mark when the page
    is not itself a tab: a form under « Absences » gives "agents:absences".
    """
    agents = Agent.objects.visible_to(request.user).select_related("structure__direction", "poste", "site")
    agent = get_object_or_404(agents, pk=pk)
    vue = request.resolver_match.view_name if request.resolver_match else ""
    if request.method in {"GET", "HEAD"}:
        record_consultation(acteur=request.user, acte=vue.replace(":", "."), objet=agent, agent=agent)
    return {
        "agent": agent,
        "jour": timezone.localdate(),
        "onglet_courant": onglet or vue,
        "resume": describe_agent(agent),
        "chiffres_agent": [],
    }


def describe_agent(agent: Agent) -> str:
    """Write the line under the name: post, structure."""
    return " · ".join(str(part) for part in (agent.poste, agent.structure) if part)
