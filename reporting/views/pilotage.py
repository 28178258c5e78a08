"""The dashboard."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nouvea_sst.comptes.acces import require_perm


@require_perm("reporting.view_tableau")
def tableau(request: HttpRequest) -> HttpResponse:
    """Indicators of the period."""
    return render(request, "reporting/tableau.html")
