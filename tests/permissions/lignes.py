"""What a request leaves in the database: every row of every table of the house, before and after."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection

MAISON = re.compile(r"^(nouvea_sst\.|agents|documents|signalements|visites|commissions|reporting)")
Photo = dict[str, dict[str, dict[str, Any]]]


def models_of_house() -> list[Any]:
    """Concrete models of the house, the past that triggers keep included, sorted by table."""
    modeles = [m for m in apps.get_models() if MAISON.match(m.__module__) and m._meta.managed]
    return sorted(modeles, key=lambda modele: modele._meta.db_table)


def photograph() -> Photo:
    """Every row of the house as text, by table and key, many-to-many tables too."""
    tables = {m._meta.db_table: m._meta.pk.column for m in models_of_house()}
    tables |= {c.m2m_db_table(): "id" for m in models_of_house() for c in m._meta.many_to_many}
    photo: Photo = {}
    with connection.cursor() as curseur:
        for table, cle in sorted(tables.items()):
            nom = connection.ops.quote_name(table)
            curseur.execute(f"SELECT {cle}::text, to_jsonb(t)::text FROM {nom} t")  # noqa: S608
            photo[table] = dict(curseur.fetchall())
    return photo


def changes(avant: Photo, apres: Photo, sauf: Iterable[str] = ()) -> dict[str, dict[str, Any]]:
    """Rows that are new, gone or different, by table and key."""
    ecarts: dict[str, dict[str, Any]] = {}
    for table in avant:
        if table in sauf:
            continue
        cles = avant[table].keys() | apres[table].keys()
        touchees = {c: apres[table].get(c) for c in cles if avant[table].get(c) != apres[table].get(c)}
        if touchees:
            ecarts[table] = touchees
    return ecarts


@contextmanager
def same_sequences() -> Iterator[None]:
    """Let the block draw keys, then put every sequence back: two runs make rows with the same keys."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT schemaname, sequencename, coalesce(last_value, 0) FROM pg_sequences")
        suites = curseur.fetchall()
    try:
        yield
    finally:
        with connection.cursor() as curseur:
            for schema, nom, valeur in suites:
                adresse = f"{connection.ops.quote_name(schema)}.{connection.ops.quote_name(nom)}"
                curseur.execute("SELECT setval(%s, %s, %s)", [adresse, valeur or 1, bool(valeur)])
