"""Whether the machine can work: database, worker, disk. /sante and the administrator’s first page ask."""

import shutil

from django.conf import settings
from django.db import Error, connection

# A worker signs every 10 seconds; one that missed six signatures is gone.
DERNIER_SIGNE = """
    SELECT count(*) > 0 FROM procrastinate_workers WHERE last_heartbeat > now() - interval '60 seconds'
"""
DISQUE_LIBRE_MIN = 200_000_000


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
