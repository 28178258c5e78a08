"""Has a workbook read by a child process that may neither grow nor last, and takes its rows from it.

A hostile or broken workbook can only end the child: the application gets rows, or a sentence.
"""

import datetime
import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from threading import Timer
from typing import Any

import nouvea_sst
from nouvea_sst.imports.lecture.feuille import Cellule, Feuille, Fichier
from nouvea_sst.imports.lecture.genre import ABIME, PROTEGE, TROP_GRAND, Genre
from nouvea_sst.imports.lecture.refus import FichierIllisible

TAILLE_MAX = 150 * 1024 * 1024
ENTREES_MAX = 1_000
RAPPORT_MAX = 200
PETIT = 1024 * 1024
DUREE_MAX = 25
PARTAGES_MAX = 50_000
RACINE = Path(nouvea_sst.__file__).parent.parent
ENFANT = ("-s", "-E", "-B", "-X", "utf8", "-m", "nouvea_sst.imports.lecture.enfant")
TROP_LONG = "Ce classeur est trop long à lire : partagez-le, ou enregistrez sa feuille en .csv."
COMPRIME = "Ce classeur est anormalement comprimé : il n’a pas été ouvert."
SANS_LIGNE = "Le classeur ne contient aucune ligne."
MASQUEES = "Seules des feuilles masquées contiennent des lignes : affichez celle qu’il faut lire."


def read_workbook(contenu: bytes, genre: Genre) -> Fichier:
    """Return the sheets that hold something, at least one of them visible. Raises FichierIllisible."""
    if genre != Genre.XLS:
        check_inflation(contenu)
    with _start_child(contenu, genre) as enfant:
        feuilles = _take_sheets(enfant)
    if not feuilles:
        raise FichierIllisible(SANS_LIGNE)
    if all(feuille.masquee for feuille in feuilles):
        raise FichierIllisible(MASQUEES)
    return Fichier(genre.value, feuilles)


def check_inflation(contenu: bytes) -> None:
    """Refuse an archive that would grow beyond measure."""
    try:
        with zipfile.ZipFile(BytesIO(contenu)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as erreur:
        raise FichierIllisible(ABIME) from erreur
    if any(info.flag_bits & 1 for info in infos):
        raise FichierIllisible(PROTEGE)
    trop_dense = any(
        info.file_size > PETIT and info.file_size > RAPPORT_MAX * max(info.compress_size, 1) for info in infos
    )
    if trop_dense or len(infos) > ENTREES_MAX or sum(info.file_size for info in infos) > TAILLE_MAX:
        raise FichierIllisible(COMPRIME)


@contextmanager
def _start_child(contenu: bytes, genre: Genre) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the reader on the bytes, without the secrets of our surroundings; end it whatever happens."""
    # The bytes stay in memory: a register never touches the disk here.
    with os.fdopen(os.memfd_create("classeur"), "wb+") as source:
        source.write(contenu)
        source.seek(0)
        enfant = subprocess.Popen(
            [sys.executable, *ENFANT, genre.value],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=RACINE,
            env={"PATH": os.defpath},
        )
    minuterie = Timer(DUREE_MAX, enfant.kill)
    minuterie.start()
    try:
        yield enfant
    finally:
        minuterie.cancel()
        enfant.kill()
        enfant.communicate()


def _take_sheets(enfant: "subprocess.Popen[bytes]") -> list[Feuille]:
    """Return what the child says. Raises FichierIllisible with its sentence, or one for how it ended."""
    feuilles: list[Feuille] = []
    partages: dict[Any, Any] = {}
    assert enfant.stdout is not None  # noqa: S101 as it was asked for
    for octets in enfant.stdout:
        try:
            message = json.loads(octets)
        except ValueError:  # the child was cut in the middle of a word
            break
        if isinstance(message, list):
            feuilles[-1].lignes.append(_take_row(message, partages))
        elif isinstance(message, int):
            feuilles[-1].lignes.extend([] for _ in range(message))
        elif "refus" in message:
            raise FichierIllisible(message["refus"])
        elif "feuille" in message:
            feuilles.append(Feuille(message["feuille"], masquee=message["masquee"]))
        elif "recommence" in message:
            feuilles.clear()
        else:
            return [feuille for feuille in feuilles if feuille.lignes]
    raise FichierIllisible(_explain_end(enfant.wait()))


def _explain_end(code: int) -> str:
    """The sentence for a child that ended before its last word."""
    if code in {-signal.SIGKILL, -signal.SIGXCPU}:
        return TROP_LONG
    # A library that gets no more memory aborts.
    return TROP_GRAND if code == -signal.SIGABRT else ABIME


def _take_row(cellules: Iterable[Any], partages: dict[Any, Any]) -> list[Cellule]:
    """Give dates back their type, and keep words that come back once."""
    if len(partages) > PARTAGES_MAX:
        partages.clear()
    return [
        partages.setdefault(cellule, cellule)
        if isinstance(cellule, str)
        else _take_date(*cellule)
        if isinstance(cellule, list)
        else cellule
        for cellule in cellules
    ]


def _take_date(nature: str, texte: str) -> Cellule:
    if nature == "moment":
        return datetime.datetime.fromisoformat(texte)
    return datetime.date.fromisoformat(texte) if nature == "jour" else datetime.time.fromisoformat(texte)
