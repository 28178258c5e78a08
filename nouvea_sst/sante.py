"""Whether the application can work, for a supervisor or a load balancer: no log-in, no secret, no figure."""

import ipaddress
import shutil

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import acces_public

# A worker signs every 10 seconds; one that missed six signatures is gone.
DERNIER_SIGNE = """
    SELECT count(*) > 0 FROM procrastinate_workers WHERE last_heartbeat > now() - interval '60 seconds'
"""
DISQUE_LIBRE_MIN = 200_000_000


@acces_public
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


def read_database() -> tuple[str, str]:
    """Return the state of the database and that of the worker, which signs in it."""
    try:
        with connection.cursor() as curseur:
            curseur.execute(DERNIER_SIGNE)
            (present,) = curseur.fetchone()
    except Error:
        connection.close()
        return "panne", "inconnu"
    return "ok", "ok" if present else "absent"


def read_disk() -> str:
    """Return « ok » while files can still be written."""
    try:
        libre = shutil.disk_usage(settings.VAR if settings.VAR.exists() else settings.BASE_DIR).free
    except OSError:
        return "panne"
    return "ok" if libre >= DISQUE_LIBRE_MIN else "plein"


def comes_from_here(request: HttpRequest) -> bool:
    """Tell whether the request comes from this machine itself and not through a proxy."""
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
