"""Numbers of records: PREFIX-YEAR-0001, without gap or double inside a year."""

import re
from typing import Any

from django.db import connection, models
from django.db.models.functions import Cast, Substr

from nouvea_sst.lib.texte import fold

_SAISI = re.compile(r"(?:(?P<prefixe>[a-z]{1,2}) ?)?(?:(?P<annee>20[0-9]{2}) )?(?P<rang>[0-9]{1,6})")
_ANNEE = re.compile(r"20[0-9]{2}")


def number_constraint(nom: str, prefixe: str) -> models.CheckConstraint:
    """The number has the form PREFIX-YYYY-NNNN."""
    return models.CheckConstraint(
        name=nom,
        condition=models.Q(numero__regex=rf"^{prefixe}-[0-9]{{4}}-[0-9]{{3,}}$"),
        violation_error_message="Ce numéro n’a pas la forme attendue.",
    )


def next_number(modele: type[models.Model], prefixe: str, annee: int) -> str:
    """Return the next number of the year; inside the caller's transaction two callers take turns."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"{prefixe}-{annee}"])
    manager: Any = modele._default_manager
    tete = f"{prefixe}-{annee}-"
    suite = Cast(Substr("numero", len(tete) + 1), models.IntegerField())
    dernier = manager.filter(numero__startswith=tete).aggregate(n=models.Max(suite))["n"]
    return f"{tete}{(dernier or 0) + 1:04d}"


def numbered(texte: str, prefixe: str) -> models.Q | None:
    """Return the question that a typed number asks of this kind of record; None when it is no such number.

    « S-2026-0412 », « s 2026 412 », « 2026-0412 », « S-412 », « 412 »; « S-2026 » asks for the whole year.
    """
    lu = _SAISI.fullmatch(fold(texte))
    if lu is None or lu["prefixe"] not in {None, prefixe.lower()}:
        return None
    annee, rang = lu["annee"], lu["rang"]
    if annee is None:
        trouves = models.Q(numero__regex=rf"-0*{int(rang)}$")
        if lu["prefixe"] and _ANNEE.fullmatch(rang):
            trouves |= models.Q(numero__startswith=f"{prefixe}-{rang}-")
        return trouves
    debut = f"{prefixe}-{annee}-"
    return models.Q(numero=f"{debut}{int(rang):04d}") | models.Q(numero__startswith=f"{debut}{rang}")
