"""Pages of sessions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from commissions.models import Seance
from nouvea_sst.comptes.acces import require_perm


@require_perm("commissions.view_seance")
def liste_seances(request: HttpRequest) -> HttpResponse:
    """Sessions."""
    return render(request, "commissions/seances.html")


@require_perm("commissions.change_seance")
def ajouter(request: HttpRequest) -> HttpResponse:
    """Prepare a session."""
    return render(request, "commissions/ajouter.html")


@require_perm("commissions.view_seance")
def seance(request: HttpRequest, pk: int) -> HttpResponse:
    """One session."""
    vue = get_object_or_404(Seance.objects.visible_to(request.user), pk=pk)
    return render(request, "commissions/seance.html", {"seance": vue})
