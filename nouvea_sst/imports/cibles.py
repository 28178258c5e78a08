"""The targets that the apps declare, by code (settings.IMPORT_CIBLES)."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from nouvea_sst.imports.rules.cible import Cible


def targets() -> dict[str, Cible]:
    """Every declared target by its code; a function declares several."""
    declares = [import_string(chemin) for chemin in settings.IMPORT_CIBLES]
    cibles = [cible for d in declares for cible in (d() if callable(d) else (d,))]
    return {cible.code: cible for cible in cibles}


def targets_of(user: Any) -> dict[str, Cible]:
    """The targets that this account may bring in; the system may all."""
    return {code: cible for code, cible in targets().items() if may_use(user, cible)}


def may_use(user: Any, cible: Cible) -> bool:
    """Whether this account may bring in what the target writes, once it may import."""
    return user is None or not cible.droit or user.has_perm(cible.droit)


def may_read(user: Any, cible: Cible) -> bool:
    """Whether this account, which may import the target, may open the pages of its records."""
    return not cible.lecture or user.has_perm(cible.lecture)


def target(code: str) -> Cible:
    """Return the target of this code. Raises KeyError."""
    return targets()[code]


def closed_to(user: Any) -> list[str]:
    """The codes of the targets of which this account reads nothing."""
    return sorted(targets().keys() - targets_of(user).keys())
