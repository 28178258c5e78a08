"""Pages of reports."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from nouvea_sst.comptes.acces import require_perm
from signalements.models import Signalement


@require_perm("signalements.view_signalement")
def liste_signalements(request: HttpRequest) -> HttpResponse:
    """Reports."""
    return render(request, "signalements/liste.html")


@require_perm("signalements.add_signalement")
def signaler(request: HttpRequest) -> HttpResponse:
    """Declare what happened."""
    return render(request, "signalements/signaler.html")


@require_perm("signalements.view_signalement")
def signalement(request: HttpRequest, pk: int) -> HttpResponse:
    """One report."""
    vu = get_object_or_404(Signalement.objects.visible_to(request.user), pk=pk)
    return render(request, "signalements/signalement.html", {"signalement": vu})
