"""The page of a failure: it asks the database for nothing."""

import logging

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from nouvea_sst.comptes.acces import acces_public
from nouvea_sst.comptes.contexte import requete_en_cours

JOURNAL = logging.getLogger(__name__)


@acces_public
def panne(request: HttpRequest) -> HttpResponse:
    """Give the failure the number under which the technical log knows it."""
    numero = requete_en_cours.get()[:8].upper()
    JOURNAL.error("panne %s sur %s", numero, request.resolver_match and request.resolver_match.view_name)
    return HttpResponse(render_to_string("500.html", {"numero": numero}), status=500)
