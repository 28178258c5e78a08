"""The packs of the CHCT: list, page, PDF, making."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from nouvea_sst.comptes.acces import require_perm
from reporting.models import Edition


@require_perm("reporting.view_edition")
def liste_editions(request: HttpRequest) -> HttpResponse:
    """Packs made so far."""
    editions = Edition.objects.visible_to(request.user).without_bytes()
    return render(request, "reporting/editions.html", {"editions": editions})


@require_perm("reporting.view_edition")
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """One pack, as it was frozen."""
    ligne = get_object_or_404(Edition.objects.visible_to(request.user).without_bytes(), pk=pk)
    return render(request, "reporting/edition.html", {"edition": ligne})


@require_perm("reporting.view_edition")
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes of the pack, as they were made."""
    ligne = get_object_or_404(Edition.objects.visible_to(request.user), pk=pk)
    return HttpResponse(bytes(ligne.pdf), content_type="application/pdf")


@require_perm("reporting.create_edition")
def preparer(request: HttpRequest) -> HttpResponse:
    """Choose the session and the period of a pack."""
    return render(request, "reporting/preparer.html")
