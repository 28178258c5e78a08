"""Pages of accidents."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from agents.views.cadre import agent_frame
from nouvea_sst.comptes.acces import require_perm
from signalements.models import Accident


@require_perm("signalements.view_accident")
def liste_accidents(request: HttpRequest) -> HttpResponse:
    """Accidents."""
    return render(request, "signalements/accidents.html")


@require_perm("signalements.view_accident")
def accident(request: HttpRequest, pk: int) -> HttpResponse:
    """One accident."""
    vu = get_object_or_404(Accident.objects.visible_to(request.user), pk=pk)
    return render(request, "signalements/accident.html", {"accident": vu})


@require_perm("signalements.view_accident")
def accidents_agent(request: HttpRequest, pk: int) -> HttpResponse:
    """Accidents of one agent: a tab of his page."""
    return render(request, "signalements/accidents_agent.html", agent_frame(request, pk))
