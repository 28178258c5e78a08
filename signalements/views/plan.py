"""Pages of the plan of actions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from nouvea_sst.comptes.acces import require_perm
from signalements.models import Action


@require_perm("signalements.view_action")
def liste_actions(request: HttpRequest) -> HttpResponse:
    """Actions of the plan."""
    return render(request, "signalements/actions.html")


@require_perm("signalements.view_action")
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """One action."""
    vue = get_object_or_404(Action.objects.visible_to(request.user), pk=pk)
    return render(request, "signalements/action.html", {"action": vue})
