"""The targets that the apps declare, by code (settings.IMPORT_CIBLES)."""

from django.conf import settings
from django.utils.module_loading import import_string

from nouvea_sst.imports.rules.cible import Cible


def targets() -> dict[str, Cible]:
    """Every declared target by its code."""
    cibles = [import_string(chemin) for chemin in settings.IMPORT_CIBLES]
    return {cible.code: cible for cible in cibles}


def target(code: str) -> Cible:
    """Return the target of this code. Raises KeyError."""
    return targets()[code]
