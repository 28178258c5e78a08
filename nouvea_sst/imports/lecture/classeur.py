"""Reads xlsx workbooks row by row, after a look at what they would inflate to."""

import warnings
import zipfile
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from nouvea_sst.imports.lecture.feuille import Cellule, Feuille, Fichier, trim
from nouvea_sst.imports.lecture.refus import FichierIllisible

TAILLE_MAX = 150 * 1024 * 1024
RAPPORT_MAX = 200
PETIT = 1024 * 1024
LIGNES_MAX = 300_000
COLONNES_MAX = 400
BLANCHES_MAX = 5_000
ABIME = "Ce classeur est abîmé et ne s’ouvre pas. Enregistrez-le à nouveau en .xlsx, puis recommencez."


def read_workbook(contenu: bytes) -> Fichier:
    """Return the visible sheets that hold something. Raises FichierIllisible."""
    check_inflation(contenu)
    try:
        # openpyxl warns about styles and extensions that it leaves aside: they hold no rows.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            feuilles = _read_sheets(contenu)
    except FichierIllisible:
        raise
    except MemoryError as erreur:
        raise FichierIllisible("Ce classeur est trop grand pour être lu.") from erreur
    except Exception as erreur:  # any fault of a hostile or broken file ends in one sentence
        raise FichierIllisible(ABIME) from erreur
    if not feuilles:
        raise FichierIllisible("Le classeur ne contient aucune ligne.")
    return Fichier("xlsx", feuilles)


def check_inflation(contenu: bytes) -> None:
    """Refuse an archive that would grow beyond measure."""
    try:
        with zipfile.ZipFile(BytesIO(contenu)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as erreur:
        raise FichierIllisible(ABIME) from erreur
    total = sum(info.file_size for info in infos)
    if any(info.flag_bits & 1 for info in infos):
        raise FichierIllisible("Ce classeur est protégé par un mot de passe : retirez-le, puis recommencez.")
    trop_dense = any(
        info.file_size > PETIT and info.file_size > RAPPORT_MAX * max(info.compress_size, 1) for info in infos
    )
    if total > TAILLE_MAX or trop_dense:
        raise FichierIllisible("Ce classeur est anormalement comprimé : il n’a pas été ouvert.")


def _read_sheets(contenu: bytes) -> list[Feuille]:
    classeur = load_workbook(BytesIO(contenu), read_only=True, data_only=True, keep_links=False)
    feuilles = []
    try:
        for feuille in classeur.worksheets:
            if feuille.sheet_state == "visible":
                lignes = _read_rows(feuille)
                if lignes:
                    feuilles.append(Feuille(feuille.title, lignes))
    finally:
        classeur.close()
    return feuilles


def _read_rows(feuille: Any) -> list[list[Cellule]]:
    """Return the rows up to the last one that holds something."""
    # The announced size may be wrong or huge: count the rows that are there.
    feuille.reset_dimensions()
    lignes: list[list[Cellule]] = []
    blanches = 0
    for ligne in feuille.iter_rows(values_only=True):
        propre = trim(list(ligne[:COLONNES_MAX]))
        lignes.append(propre)
        blanches = 0 if propre else blanches + 1
        if blanches > BLANCHES_MAX:
            break
        if len(lignes) > LIGNES_MAX:
            raise FichierIllisible("Le classeur dépasse 300 000 lignes : partagez-le.")
    while lignes and not lignes[-1]:
        lignes.pop()
    return lignes
