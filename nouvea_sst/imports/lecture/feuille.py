"""Rows as they stand in a file, and how they were read."""

import datetime
from dataclasses import dataclass, field

Cellule = str | int | float | bool | datetime.date | datetime.datetime | datetime.time | None


@dataclass
class Feuille:
    """One sheet: every row from the first, blank ones too, so that row n of the file is lignes[n - 1]."""

    nom: str = ""
    lignes: list[list[Cellule]] = field(default_factory=list)


@dataclass
class Fichier:
    """What was read, and the words that say how."""

    format: str
    feuilles: list[Feuille]
    encodage: str = ""
    separateur: str = ""


def trim(cellules: list[Cellule]) -> list[Cellule]:
    """Drop the empty cells at the end of a row."""
    fin = len(cellules)
    while fin and (cellules[fin - 1] is None or cellules[fin - 1] == ""):
        fin -= 1
    return cellules[:fin]
