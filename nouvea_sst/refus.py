"""Answers to what an address does not take, or not so often: a page of the house, not a blank one."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from nouvea_sst.comptes.acces import acces_public
from nouvea_sst.lib.scelles import ScelleRompu
from nouvea_sst.lib.trousseau import CleManquante

JOURNAL = logging.getLogger(__name__)

# The limits that allauth answers by itself count by the minute.
ATTENTE_SECONDES = 60


@acces_public
def trop_souvent(request: HttpRequest) -> HttpResponse:
    """Say how long to wait before trying again."""
    reponse = render(request, "429.html", status=429)
    reponse["Retry-After"] = str(ATTENTE_SECONDES)
    return reponse


class MethodeMiddleware:
    """Fills the empty 405 of an address that takes another method, which it still names in `Allow`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reponse = self.get_response(request)
        if reponse.status_code != 405 or reponse.content or request.headers.get("HX-Request"):
            return reponse
        page = render(request, "405.html", {"retour": page_before(request)}, status=405)
        page["Allow"] = reponse["Allow"]
        return page


class ScelleMiddleware:
    """Says in one sentence that a sealed content does not open: which key, or where, is for the log alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 503; what the view had begun to write is undone."""
        if not isinstance(exception, CleManquante | ScelleRompu):
            return None
        JOURNAL.error("contenu scellé : %s", exception)
        cle = isinstance(exception, CleManquante)
        return HttpResponse(render_to_string("scelle.html", {"cle_manque": cle}), status=503)


def page_before(request: HttpRequest) -> str:
    """Return the page of the house from which one came, else the first one."""
    venue = request.headers.get("Referer", "")
    ici = venue.split("#")[0] == request.build_absolute_uri()
    if not ici and url_has_allowed_host_and_scheme(venue, {request.get_host()}, request.is_secure()):
        return venue
    return reverse("accueil")
