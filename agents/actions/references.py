"""Adds to the small tables what the rows of a file point at."""

from collections.abc import Iterable
from typing import Any

PAR_LOT = 1000


def add_references(*, lexiques: Iterable[Any]) -> dict[int | str, int]:
    """Write what the tables lack inside the act of the caller; return keys by reference."""
    pks: dict[int | str, int] = {}
    for lexique in lexiques:
        references = list(lexique.nouveaux.values())
        if references:
            objets = [lexique.fabriquer(reference.libelle) for reference in references]
            type(objets[0])._base_manager.bulk_create(objets, batch_size=PAR_LOT)
            pks |= {reference.cle: objet.pk for reference, objet in zip(references, objets, strict=True)}
    return pks
