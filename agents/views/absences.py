"""The absences of an agent: tab, entry, correction."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agents.views.cadre import agent_frame
from nouvea_sst.comptes.acces import require_perm


@require_perm("agents.view_absence")
def absences(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the absences."""
    return render(request, "agents/absences.html", agent_frame(request, pk))
