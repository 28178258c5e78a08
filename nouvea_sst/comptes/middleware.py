"""Default deny, and the identifier of the request for the journal."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse

from nouvea_sst.comptes.contexte import acting, consultation_notee, requete_en_cours
from nouvea_sst.comptes.journal import record_consultation, record_refusal
from nouvea_sst.lib.xlsx import TYPE_XLSX

LECTURES = {"GET", "HEAD", "OPTIONS"}
Suite = Callable[[HttpRequest], HttpResponse]


class RequestContextMiddleware:
    """Gives each request an identifier, and writes its refusals outside the view's transaction.

    A workbook never leaves without a line: the view's own, else one of here.
    """

    def __init__(self, get_response: Suite) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        requete = str(uuid.uuid4())
        jeton = requete_en_cours.set(requete)
        notee = consultation_notee.set(False)
        try:
            if request.method in LECTURES:
                reponse = self.get_response(request)
            else:
                with acting(request.user, requete):
                    reponse = self.get_response(request)
            if reponse.status_code == 403 and request.user.is_authenticated:
                record_refusal(
                    acteur=request.user, acte="acces.refuse", libelle=route_of(request), cle=keys_of(request)
                )
            elif reponse.status_code == 404 and keys_of(request) and request.user.is_authenticated:
                # Out of scope or unknown: one line for both, so that neither the answer nor its cost tells.
                record_refusal(
                    acteur=request.user,
                    acte="acces.introuvable",
                    libelle=route_of(request),
                    cle=keys_of(request),
                )
            elif reponse.get("Content-Type") == TYPE_XLSX and not consultation_notee.get():
                acte = route_of(request).replace(":", ".")
                record_consultation(acteur=request.user, acte=acte, libelle="Liste en xlsx")
            return reponse
        finally:
            consultation_notee.reset(notee)
            requete_en_cours.reset(jeton)


class AccessMiddleware:
    """Refuses every view that does not declare who may come in, and everybody who may not."""

    def __init__(self, get_response: Suite) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, vue: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Decide before the view runs."""
        if getattr(vue, "acces_public", False):
            return None
        if not request.user.is_authenticated:
            if request.headers.get("HX-Request"):
                reponse = HttpResponse(status=401)
                reponse["HX-Redirect"] = reverse("comptes:connexion")
                return reponse
            return redirect_to_login(request.get_full_path(), reverse("comptes:connexion"))
        if getattr(vue, "acces_connecte", False):
            return None
        droits = getattr(vue, "droit_requis", ())
        if not any(request.user.has_perm(droit) for droit in droits):
            raise PermissionDenied
        return None


def route_of(request: HttpRequest) -> str:
    """Name of the route asked for: never the path, which may hold what was typed."""
    match = request.resolver_match or resolve(request.path_info)
    return match.view_name or match.route


def keys_of(request: HttpRequest) -> str:
    """Numbers of the records asked for, « 12/7 »; nothing for an address without any."""
    match = request.resolver_match
    return "/".join(str(v) for v in match.kwargs.values() if isinstance(v, int)) if match else ""
