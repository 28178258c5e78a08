"""Whether the application can work, for a supervisor or a load balancer: no log-in, no secret, no figure."""

import ipaddress

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import acces_public
from nouvea_sst.travaux.veille import read_database, read_disk


@acces_public
@transaction.non_atomic_requests
@never_cache
@require_safe
def sante(request: HttpRequest) -> JsonResponse:
    """Answer 200 when all is well, 503 otherwise; version and folder go to the machine itself only."""
    base, worker = read_database()
    parties = {"base": base, "worker": worker, "disque": read_disk()}
    bien = all(etat == "ok" for etat in parties.values())
    reponse = {"etat": "ok" if bien else "panne", **parties}
    if comes_from_here(request):
        reponse |= {"version": settings.VERSION, "dossier": str(settings.BASE_DIR)}
    return JsonResponse(reponse, status=200 if bien else 503)


def comes_from_here(request: HttpRequest) -> bool:
    """Tell whether the request comes from this machine itself and not through a proxy."""
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
