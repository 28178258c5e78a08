"""The child process that reads one workbook: its bytes on the input, one JSON value a line on the output.

{"feuille": name, "masquee": bool} opens a sheet, a list is a row, a number so many blank rows;
{"recommence": true} takes all of it back; {"refus": sentence} and {"fin": true} are last words.
Without a last word, the child failed.
"""

import datetime
import json
import re
import resource
import sys
import zipfile
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from typing import Any, BinaryIO, TextIO

from nouvea_sst.imports.lecture.feuille import Cellule, Feuille, Jauge, trim
from nouvea_sst.imports.lecture.genre import TROP_GRAND, Genre
from nouvea_sst.imports.lecture.lecteurs import Lecture, read_with_calamine, read_with_openpyxl
from nouvea_sst.imports.lecture.refus import FichierIllisible
from nouvea_sst.imports.rules.textes import cell_text

MEMOIRE_MAX = 512 * 1024 * 1024
PROCESSEUR_MAX = 25
BLANCHES_MAX = 5_000
LOURD = 10 * 1024 * 1024
MORCEAU = 256 * 1024
# How a sheet marks a cell in error.
ERREUR = re.compile(rb"""\st=["']e["']""")
# What Excel keeps of a number; the rest is the noise of binary fractions.
CHIFFRES = 15
ENTIERS = 2**53


def main(genre: Genre, sortie: TextIO) -> None:
    """Read the workbook on the input within the limits; say why in one sentence when it cannot be."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMOIRE_MAX, MEMOIRE_MAX))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSEUR_MAX, PROCESSEUR_MAX))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        _read(genre, sortie)
    except FichierIllisible as refus:
        _say(sortie, {"refus": str(refus)})
    except MemoryError:
        _say(sortie, {"refus": TROP_GRAND})
    else:
        _say(sortie, {"fin": True})


def _read(genre: Genre, sortie: TextIO) -> None:
    """Write what a library gives: what one takes for broken, empty or too large, the other may read."""
    source = sys.stdin.buffer
    if genre == Genre.XLSX:
        premier, second = read_with_openpyxl, read_with_calamine
        if _is_for_calamine(source):
            premier, second = second, premier
        if _try(premier, source, sortie):
            return
        _say(sortie, {"recommence": True})
    else:
        second = read_with_calamine
    source.seek(0)
    write_rows(second(source), sortie)


def _is_for_calamine(source: BinaryIO) -> bool:
    """Whether openpyxl, twenty times slower, comes second: a large xlsx without cells in error."""
    with zipfile.ZipFile(source) as archive:
        infos = archive.infolist()
        if sum(info.file_size for info in infos) <= LOURD:
            return False
        feuilles = [info for info in infos if info.filename.startswith("xl/worksheets/")]
        return not any(_has_errors(archive, info) for info in feuilles)


def _has_errors(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    reste = b""
    with archive.open(info) as flux:
        while morceau := flux.read(MORCEAU):
            if ERREUR.search(reste + morceau):
                return True
            reste = morceau[-10:]
    return False


def _try(lecteur: Callable[[BinaryIO], Lecture], source: BinaryIO, sortie: TextIO) -> bool:
    """Whether this library gave rows."""
    source.seek(0)
    try:
        return write_rows(lecteur(source), sortie) > 0
    except FichierIllisible:
        raise
    except Exception:
        return False


def write_rows(lecture: Lecture, sortie: TextIO) -> int:
    """Write sheets and rows; return how many rows hold something. Raises FichierIllisible."""
    jauge, blanches, remplies = Jauge(), 0, 0
    for element in lecture:
        if isinstance(element, Feuille):
            blanches = 0
            _say(sortie, {"feuille": cell_text(element.nom), "masquee": element.masquee})
            continue
        ligne = trim([clean_cell(cellule) for cellule in element])
        if not ligne:
            blanches += 1
            continue
        if blanches > BLANCHES_MAX:
            raise FichierIllisible(f"{blanches} lignes vides coupent le tableau : supprimez-les.")
        for _ in range(blanches):
            jauge.add([])
        jauge.add(ligne)
        if blanches:
            _say(sortie, blanches)
        _say(sortie, ligne)
        blanches, remplies = 0, remplies + 1
    return remplies


def clean_cell(cellule: Any) -> Cellule:
    """Return one value for what the two libraries give for the same cell.

    A whole number is an int, another has the digits that Excel keeps, no text is None, midnight is
    a day, a duration is text.
    """
    if cellule is None or cellule == "":
        return None
    if isinstance(cellule, float):
        if cellule.is_integer() and abs(cellule) < ENTIERS:
            return int(cellule)
        return float(f"{cellule:.{CHIFFRES}g}")
    if isinstance(cellule, datetime.timedelta):
        secondes = round(cellule.total_seconds())
        return f"{secondes // 3600}:{secondes // 60 % 60:02}:{secondes % 60:02}"
    if isinstance(cellule, datetime.datetime) and cellule.time() == datetime.time.min:
        return cellule.date()
    if isinstance(cellule, str | bool | int | datetime.date | datetime.time):
        return cellule
    return str(cellule)


def _say(sortie: TextIO, message: Any) -> None:
    sortie.write(ENCODEUR.encode(message) + "\n")


def _tag_date(valeur: datetime.date | datetime.time) -> Sequence[str]:
    """JSON has no dates: name which of the three it is."""
    if isinstance(valeur, datetime.time):
        return ["heure", valeur.isoformat()]
    nature = "moment" if isinstance(valeur, datetime.datetime) else "jour"
    return [nature, valeur.isoformat()]


ENCODEUR = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_tag_date)

if __name__ == "__main__":
    with TextIOWrapper(sys.stdout.buffer, "utf-8", errors="replace") as tuyau:
        main(Genre(sys.argv[1]), tuyau)
