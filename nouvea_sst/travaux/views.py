"""The progress of one's own jobs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import acces_connecte
from nouvea_sst.travaux.models import Travail


@acces_connecte
@require_safe
def travail(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow one job; htmx asks for the fragment alone."""
    ligne = get_object_or_404(Travail.objects.visible_to(request.user), pk=pk)
    modele = "components/progress.html" if request.htmx else "travaux/travail.html"
    return render(request, modele, {"travail": ligne})
