"""What an app declares of the parameters that it reads, in its own `parametres.py`.

`settings.CLES_REFERENTIEL` names each declaration: the screens show who uses a value, a test refuses a value
that nobody reads and a reader that is not declared.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from nouvea_sst.referentiel.enums import Domaine

GRAINES = Path(__file__).parent / "donnees" / "parametres.json"


@dataclass(frozen=True)
class Emploi:
    """One rule or screen that reads a value; `url` names the list or page where it shows."""

    libelle: str
    url: str = ""


@dataclass(frozen=True)
class Cle:
    """One parameter as its reader declares it.

    `effet` names, with dots, a function (jour, nombres) → Effet that says how many rows other numbers move;
    `suite` names the task that follows a change in force; `superieur_a` and `inferieur_a` name the parameter
    that this one stays above or below.
    """

    code: str
    sujet: str
    emplois: tuple[Emploi, ...]
    domaine: Domaine = Domaine.METIER
    mini: int = 1
    maxi: int = 120
    decimales: int = 0
    superieur_a: str = ""
    inferieur_a: str = ""
    effet: str = ""
    suite: str = ""


@dataclass(frozen=True)
class Effet:
    """What a change moves: a French sentence with its count, and the list of those rows where one exists."""

    phrase: str
    nombre: int
    url: str = ""


@lru_cache(maxsize=1)
def all_cles() -> Mapping[str, Cle]:
    """Every declared key by code, in the order of the settings."""
    return {cle.code: cle for chemin in settings.CLES_REFERENTIEL for cle in import_string(chemin)}


@lru_cache(maxsize=1)
def seeds() -> tuple[dict[str, Any], ...]:
    """The values of the seed file, as it writes them."""
    return tuple(json.loads(GRAINES.read_text(encoding="utf8")))


@lru_cache(maxsize=256)
def seed_of(code: str) -> Decimal:
    """The first value of the seed file for this code. Raises LookupError for an unknown one."""
    trouvees = (ligne for ligne in seeds() if ligne["code"] == code)
    ligne = next(trouvees, None)
    if ligne is None:
        raise LookupError(f"no seed for {code}")
    return Decimal(str(ligne["valeur"]))


def effect_of(cle: Cle, jour: Any, valeur: Decimal) -> Effet | None:
    """What this number would move on this day, as the app that reads it counts; None when nobody counts."""
    return import_string(cle.effet)(jour, {cle.code: valeur}) if cle.effet else None
