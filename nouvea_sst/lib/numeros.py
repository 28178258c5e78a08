"""Numbers of records: PREFIX-YEAR-0001, without gap or double inside a year."""

from typing import Any

from django.db import connection, models
from django.db.models.functions import Cast, Substr


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
