"""Bringing a file in, step by step."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nouvea_sst.comptes.acces import require_perm


@require_perm("imports.import_registre")
def deposer(request: HttpRequest) -> HttpResponse:
    """Say what a register may be."""
    return render(request, "imports/deposer.html")
