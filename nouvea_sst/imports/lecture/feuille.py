"""Rows as they stand in a file, how they were read, and how many of them are read at most."""

import datetime
from dataclasses import dataclass, field

from nouvea_sst.imports.lecture.refus import FichierIllisible

Cellule = str | int | float | bool | datetime.date | datetime.datetime | datetime.time | None

LIGNES_MAX = 300_000
COLONNES_MAX = 400
CELLULES_MAX = 3_000_000
CARACTERES_MAX = 60_000_000


@dataclass
class Feuille:
    """One sheet: every row from the first, blank ones too, so that row n of the file is lignes[n - 1]."""

    nom: str = ""
    lignes: list[list[Cellule]] = field(default_factory=list)
    masquee: bool = False


@dataclass
class Fichier:
    """What was read, and the words that say how."""

    format: str
    feuilles: list[Feuille]
    encodage: str = ""
    separateur: str = ""


@dataclass
class Jauge:
    """Counts what one file gives, so that a small file cannot fill the memory."""

    lignes: int = 0
    cellules: int = 0
    caracteres: int = 0

    def add(self, ligne: list[Cellule]) -> None:
        """Count a row, trimmed before. Raises FichierIllisible beyond one of the limits."""
        self.lignes += 1
        self.cellules += len(ligne)
        self.caracteres += sum(len(cellule) for cellule in ligne if isinstance(cellule, str))
        if len(ligne) > COLONNES_MAX:
            raise FichierIllisible(f"Le tableau dépasse {COLONNES_MAX} colonnes : gardez celles qui servent.")
        if self.lignes > LIGNES_MAX:
            raise FichierIllisible("Le fichier dépasse 300 000 lignes : partagez-le.")
        if self.cellules > CELLULES_MAX or self.caracteres > CARACTERES_MAX:
            raise FichierIllisible("Le fichier contient trop de cellules remplies : partagez-le.")


def trim(cellules: list[Cellule]) -> list[Cellule]:
    """Drop the empty cells at the end of a row."""
    fin = len(cellules)
    while fin and (cellules[fin - 1] is None or cellules[fin - 1] == ""):
        fin -= 1
    return cellules[:fin]
