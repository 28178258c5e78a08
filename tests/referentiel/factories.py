"""Reference data for the tests."""

import datetime
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from agents.models import Site
from nouvea_sst.referentiel.models import JourFerie, Parametre, Texte

JOUR = datetime.date(2026, 11, 24)
_numeros = count(1)


def valeur(code: str, nombre: int = 30, date_effet: str = "2020-01-01", **champs: Any) -> Parametre:
    """A value of a parameter from a day on."""
    faits = {
        "libelle": "Réglage d’essai",
        "unite": "jours",
        "source": "Usage",
        "fiabilite": "usage",
    } | champs
    return Parametre.objects.create(
        code=code, valeur=Decimal(nombre), date_effet=datetime.date.fromisoformat(date_effet), **faits
    )


def fill_parametres(nombre: int) -> None:
    """That many values of one parameter, and one value of each other."""
    debut = datetime.date(2000, 1, 1)
    Parametre.objects.bulk_create(
        Parametre(
            code="agents.absence_longue",
            libelle="Une absence est longue au-delà de",
            valeur=30,
            unite="jours",
            date_effet=debut + datetime.timedelta(days=next(_numeros)),
            source="Usage",
            fiabilite="usage",
        )
        for _ in range(nombre)
    )


def fill_jours(nombre: int) -> None:
    """That many days off, of this year at first."""
    debut = datetime.date(timezone.localdate().year, 1, 1)
    JourFerie.objects.bulk_create(
        JourFerie(date=debut + datetime.timedelta(days=rang), libelle=f"Jour {rang}")
        for rang in range(nombre)
    )


def fill_textes(nombre: int) -> None:
    """That many texts."""
    Texte.objects.bulk_create(
        Texte(reference=f"Texte {next(_numeros)}", titre="Un titre", nature="loi") for _ in range(nombre)
    )


def fill_entrees(nombre: int) -> dict[str, str]:
    """That many sites: the list of them."""
    Site.objects.bulk_create(Site(libelle=f"Site {next(_numeros)}") for _ in range(nombre))
    return {"cle": "sites"}
