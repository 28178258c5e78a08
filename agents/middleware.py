"""The old key of a merged file leads to the one that stays."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from agents.views.cadre import AgentFondu

Suite = Callable[[HttpRequest], HttpResponse]
PARAMETRES = ("pk", "agent")


class AliasMiddleware:
    """Sends an address of an agent on to the same page of the one whom his file became."""

    def __init__(self, get_response: Suite) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer the exception of agent_frame; what was sent to the old address is not sent on."""
        match = request.resolver_match
        if not isinstance(exception, AgentFondu) or match is None:
            return None
        noms = {nom for nom in PARAMETRES if match.kwargs.get(nom) == exception.ancien}
        adresse = reverse(match.view_name, kwargs=match.kwargs | dict.fromkeys(noms, exception.nouveau))
        suite = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(f"{adresse}?{suite}" if suite else adresse)
