"""A table with a sealed text and sealed bytes, that no app installs."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models

from nouvea_sst.lib.chiffrement import seal
from nouvea_sst.lib.scelles import Colonne, OctetsScelles, TexteScelle, sealed_columns


class Pli(models.Model):
    """What a sealed letter is here: any row with secrets."""

    cle = models.UUIDField(default=uuid.uuid4, unique=True)
    texte = TexteScelle("texte", classe="M1")
    suite = TexteScelle("suite", classe="M1", null=True)
    octets = OctetsScelles("octets", classe="Y1", null=True)

    class Meta:
        app_label = "coffre"


def make_table() -> None:
    """Make the table."""
    with connection.schema_editor() as schema:
        schema.create_model(Pli)


@contextmanager
def table() -> Iterator[None]:
    """Make the table, then drop it."""
    make_table()
    try:
        yield
    finally:
        with connection.schema_editor() as schema:
            schema.delete_model(Pli)


def columns(*, classe: str | None = None) -> list[Colonne]:
    """Return the sealed columns of the table."""
    return [c for c in sealed_columns([Pli]) if classe in {None, c.champ.classe}]


def compose(texte: str, octets: bytes | None = None) -> Pli:
    """Return a row, not saved yet."""
    pli = Pli()
    seal(pli, "texte", texte)
    if octets is not None:
        seal(pli, "octets", octets)
    return pli
