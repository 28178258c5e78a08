"""The page behind the link of a message, for agents without an account; sending a new link."""

from typing import Any

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import get_resolver
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from documents.models import EnTete
from nouvea_sst.comptes.acces import acces_public, require_form, require_perm
from visites.actions.liens import LienRefuse, place_of, read_lien, send_lien
from visites.actions.reponses import use_lien
from visites.enums import Reponse
from visites.perms import can_manage
from visites.views.agent import find_visite

# By address: a whole service may answer behind one.
LIMITE = {"reponse": "60/m/ip,600/h/ip"}


# The token is the right, no cookie is; and a page that tells no Referer sends no Origin to be checked.
@csrf_exempt
@acces_public
@require_form
def repondre(request: HttpRequest, jeton: str) -> HttpResponse:
    """Show the appointment of a link; only a POST answers, since mail scanners open links."""
    if not ratelimit.consume(request, app="visites", action="reponse", config=LIMITE, limit_get=True):
        return seal_page(get_resolver().resolve_error_handler(429)(request))
    maintenant, code = timezone.now(), 200
    contexte: dict[str, Any] = {"refus": "", "note": "", "tete": EnTete.objects.first()}
    try:
        visite = read_lien(jeton=jeton, maintenant=maintenant).visite
        if request.method == "POST":
            contexte["note"] = Reponse(request.POST.get("reponse", "")).value
            visite = use_lien(jeton=jeton, maintenant=maintenant, reponse=contexte["note"])
        contexte |= {"visite": visite, "lieu": place_of(visite=visite)}
    except LienRefuse as refus:
        contexte["refus"], code = str(refus), 404
    except ValidationError as refus:
        contexte["refus"], code = " ".join(refus.messages), 409
    except ValueError:
        contexte["refus"] = "Choisissez une des deux réponses."
    return seal_page(render(request, "visites/repondre.html", contexte, status=code))


def seal_page(reponse: HttpResponse) -> HttpResponse:
    """Keep the address of the page to whoever holds it: no referrer, no copy, no index."""
    reponse["Referrer-Policy"] = "no-referrer"
    reponse["Cache-Control"] = "no-store, private"
    reponse["X-Robots-Tag"] = "noindex, nofollow"
    return reponse


@require_perm("visites.plan_visite")
@require_POST
def envoyer_lien(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the agent a new link; the one before answers no more."""
    visite = find_visite(request, pk)
    if not can_manage(request.user, visite):
        raise PermissionDenied
    try:
        send_lien(acteur=request.user, visite=visite, maintenant=timezone.now())
        messages.success(request, "Message écrit à l’agent : son nouveau lien remplace l’ancien.")
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    return redirect("visites:visite", visite.pk)
