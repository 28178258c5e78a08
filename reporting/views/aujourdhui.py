"""Pages of steering."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nouvea_sst.comptes.acces import acces_connecte


@acces_connecte
def accueil(request: HttpRequest) -> HttpResponse:
    """« Aujourd’hui » of the account's role."""
    return render(request, "reporting/accueil.html")
