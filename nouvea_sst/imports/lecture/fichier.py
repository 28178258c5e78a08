"""Says what kind of file the bytes are, by themselves, and hands them to the right reader."""

import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from nouvea_sst.imports.lecture.classeur import read_workbook
from nouvea_sst.imports.lecture.feuille import Fichier
from nouvea_sst.imports.lecture.refus import FichierIllisible
from nouvea_sst.imports.lecture.texte import read_text

ATTENDU = "Enregistrez-le en .xlsx ou en .csv, puis recommencez."
SIGNATURES = (
    (b"%PDF", "un document PDF"),
    (b"\xd0\xcf\x11\xe0", "un ancien classeur Excel (.xls) ou un classeur protégé par un mot de passe"),
    (b"\x09\x08", "un ancien classeur Excel (.xls)"),
    (b"\x09\x04", "un ancien classeur Excel (.xls)"),
    (b"\x1f\x8b", "un fichier compressé (.gz)"),
    (b"7z\xbc\xaf", "une archive (.7z)"),
    (b"Rar!", "une archive (.rar)"),
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une image"),
    (b"GIF8", "une image"),
    (b"{\\rtf", "un document texte (.rtf)"),
    (b"MZ", "un programme"),
    (b"\x7fELF", "un programme"),
    (b"SQLite format", "une base de données"),
)
TEXTES_REFUSES = (
    ("<?xml", "un fichier XML"),
    ("<!doctype html", "une page web"),
    ("<html", "une page web"),
)
EXTENSIONS_REFUSEES = {
    ".json": "un fichier JSON",
    ".xml": "un fichier XML",
    ".html": "une page web",
    ".htm": "une page web",
    ".ods": "un classeur OpenDocument (.ods)",
    ".xls": "un ancien classeur Excel (.xls)",
    ".xlsb": "un classeur Excel binaire (.xlsb)",
    ".xlsm": "un classeur Excel à macros (.xlsm)",
    ".pdf": "un document PDF",
    ".doc": "un document Word",
    ".docx": "un document Word",
}


def read_file(contenu: bytes, nom: str, taille_max: int) -> Fichier:
    """Return the rows of a csv or xlsx file.

    The name only helps to refuse by name what is no register. Raises FichierIllisible.
    """
    if not contenu.strip(b"\x00\t\r\n \xef\xbb\xbf\xfe\xff"):
        raise FichierIllisible("Le fichier est vide.")
    if len(contenu) > taille_max:
        mo = taille_max // (1024 * 1024)
        raise FichierIllisible(f"Le fichier dépasse {mo} Mo : partagez-le en plusieurs fichiers.")
    if contenu.startswith(b"PK"):
        return read_workbook(_check_archive(contenu))
    for signature, genre in SIGNATURES:
        if contenu.startswith(signature):
            raise FichierIllisible(f"Ce fichier est {genre}. {ATTENDU}")
    extension = PurePosixPath(nom.replace("\\", "/")).suffix.lower()
    if extension in EXTENSIONS_REFUSEES:
        raise FichierIllisible(f"Ce fichier est {EXTENSIONS_REFUSEES[extension]}. {ATTENDU}")
    if extension == ".xlsx":
        raise FichierIllisible(f"Ce fichier nommé .xlsx n’est pas un classeur Excel. {ATTENDU}")
    fichier = read_text(contenu)
    debut = next((str(c) for ligne in fichier.feuilles[0].lignes for c in ligne if c), "").lstrip().lower()
    for marque, genre in TEXTES_REFUSES:
        if debut.startswith(marque):
            raise FichierIllisible(f"Ce fichier est {genre}. {ATTENDU}")
    return fichier


def _check_archive(contenu: bytes) -> bytes:
    """Return the bytes of a workbook; raise FichierIllisible for any other archive."""
    try:
        with zipfile.ZipFile(BytesIO(contenu)) as archive:
            noms = {nom.replace("\\", "/").lower() for nom in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as erreur:
        raise FichierIllisible(f"Ce classeur est abîmé et ne s’ouvre pas. {ATTENDU}") from erreur
    if "xl/vbaproject.bin" in noms:
        raise FichierIllisible(f"Ce fichier est un classeur Excel à macros (.xlsm). {ATTENDU}")
    if "xl/workbook.bin" in noms:
        raise FichierIllisible(f"Ce fichier est un classeur Excel binaire (.xlsb). {ATTENDU}")
    if "content.xml" in noms and "mimetype" in noms:
        raise FichierIllisible(f"Ce fichier est un classeur OpenDocument (.ods). {ATTENDU}")
    if any(nom.startswith("word/") for nom in noms):
        raise FichierIllisible(f"Ce fichier est un document Word. {ATTENDU}")
    if "[content_types].xml" not in noms:
        raise FichierIllisible(f"Ce fichier est une archive, pas un classeur. {ATTENDU}")
    return contenu
