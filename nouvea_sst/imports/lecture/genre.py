"""Says by its bytes alone what kind of file one was given; its name says nothing."""

import struct
import zipfile
from enum import StrEnum
from io import BytesIO

from nouvea_sst.imports.lecture.refus import FichierIllisible

TABLEAU = "ouvrez-le, enregistrez le tableau en .xlsx ou en .csv, puis recommencez"
ORIGINE = "demandez le tableau d’origine en .xlsx ou en .csv"
ABIME = "Ce classeur est abîmé et ne s’ouvre pas. Enregistrez-le à nouveau en .xlsx, puis recommencez."
TROP_GRAND = "Ce classeur est trop grand pour être lu : partagez-le, ou enregistrez sa feuille en .csv."
PROTEGE = "Ce classeur est protégé par un mot de passe : retirez-le, puis recommencez."

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = b"\xd0\xcf\x11\xe0"
# The record that begins the workbook stream of an xls, in its two versions.
DEBUT_BIFF8 = b"\x09\x08\x10\x00\x00\x06\x05\x00"
DEBUT_BIFF5 = b"\x09\x08\x08\x00\x00\x05\x05\x00"
FILEPASS = 0x2F
ENREGISTREMENTS = 8
MANIFESTE_MAX = 1024 * 1024
SIGNATURES = (
    (b"%PDF", "Un document PDF", ORIGINE),
    (b"\x09\x08", "Un classeur d’Excel d’avant 1993 (.xls)", TABLEAU),
    (b"\x09\x04", "Un classeur d’Excel d’avant 1993 (.xls)", TABLEAU),
    (b"\x09\x02", "Un classeur d’Excel d’avant 1993 (.xls)", TABLEAU),
    (b"\x1f\x8b", "Un fichier compressé (.gz)", "décompressez-le, puis recommencez"),
    (b"BZh9", "Un fichier compressé (.bz2)", "décompressez-le, puis recommencez"),
    (b"\xfd7zXZ", "Un fichier compressé", "décompressez-le, puis recommencez"),
    (b"7z\xbc\xaf", "Une archive (.7z)", "déposez le tableau qu’elle contient"),
    (b"Rar!", "Une archive (.rar)", "déposez le tableau qu’elle contient"),
    (b"\x89PNG", "Une image", ORIGINE),
    (b"\xff\xd8\xff", "Une image", ORIGINE),
    (b"GIF8", "Une image", ORIGINE),
    (b"II*\x00", "Une image", ORIGINE),
    (b"{\\rtf", "Un document texte (.rtf)", TABLEAU),
    (b"MZ\x90\x00", "Un programme", "déposez un tableau .xlsx ou .csv"),
    (b"\x7fELF", "Un programme", "déposez un tableau .xlsx ou .csv"),
    (b"SQLite format", "Une base de données", ORIGINE),
    (b"\x00\x01\x00\x00Standard", "Une base de données", TABLEAU),
    (b"PAR1", "Un fichier Parquet", ORIGINE),
)
# Workbooks that are no plain table, by the end of their names: what they are.
NON_LUS = {
    ".xlsm": "Un classeur avec macros (.xlsm)",
    ".xlsb": "Un classeur binaire (.xlsb)",
    ".xltx": "Un modèle de classeur (.xltx)",
    ".xltm": "Un modèle de classeur avec macros (.xltm)",
    ".xlt": "Un modèle de classeur (.xlt)",
    ".xlam": "Un complément d’Excel (.xlam)",
    ".xla": "Un complément d’Excel (.xla)",
    ".ots": "Un modèle de classeur (.ots)",
    ".fods": "Un classeur OpenDocument à plat (.fods)",
}
# Names of the streams of an old Office file, as its directory writes them.
FLUX_OLE = (
    ("EncryptedPackage", "protege", ""),
    ("Workbook", "xls", ""),
    ("Book", "xls", ""),
    ("WordDocument", "", "Un document Word (.doc)"),
    ("PowerPoint Document", "", "Une présentation PowerPoint (.ppt)"),
    ("__properties_version1.0", "", "Un message Outlook (.msg)"),
)
ARCHIVES = (
    ("word/", "Un fichier Word (.docx)"),
    ("ppt/", "Une présentation PowerPoint (.pptx)"),
    ("visio/", "Un dessin Visio"),
    ("index/", "Un classeur Numbers (.numbers)"),
)
# Types that an archive of the OpenDocument family declares.
OPENDOCUMENT = {
    "text": "Un document texte OpenDocument (.odt)",
    "presentation": "Une présentation OpenDocument",
    "graphics": "Un dessin OpenDocument",
}
BALISES = (
    ("<!doctype html", "Une page web", TABLEAU),
    ("<html", "Une page web", TABLEAU),
    ("<head", "Une page web", TABLEAU),
    ("<body", "Une page web", TABLEAU),
    ("<table", "Une page web", TABLEAU),
    ("mime-version:", "Une page web archivée", TABLEAU),
    ("begin:vcalendar", "Un calendrier (.ics)", ORIGINE),
    ("begin:vcard", "Un carnet d’adresses", ORIGINE),
)


class Genre(StrEnum):
    """What is read here."""

    TEXTE = "csv"
    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"


def tell_kind(contenu: bytes) -> Genre:
    """Return what the bytes are. Raises FichierIllisible, which names it, for what is not read here."""
    if contenu.startswith(ZIP):
        return _tell_archive(contenu)
    if contenu.startswith(OLE):
        return _tell_ole(contenu)
    for signature, genre, conseil in SIGNATURES:
        if contenu.startswith(signature):
            raise refuse(genre, conseil)
    return Genre.TEXTE


def check_name(nom: str) -> None:
    """Refuse a file that its name says to be none of csv, tsv, xlsx, xls and ods. Raises FichierIllisible.

    The bytes decide of every other: see tell_kind.
    """
    for fin, genre in NON_LUS.items():
        if nom.strip().lower().endswith(fin):
            raise refuse(genre)


def check_text(debut: str) -> None:
    """Refuse a text whose beginning is that of a page, a document or a list of objects, not of a table."""
    tete = debut.lstrip("\ufeff \t\r\n").lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in tete:
        raise refuse("Un classeur XML d’Excel 2003", TABLEAU)
    for marque, genre, conseil in BALISES:
        if tete.startswith(marque):
            raise refuse(genre, conseil)
    if tete[:1] == "<" and (tete[1:2].isalpha() or tete[1:2] in {"!", "?"}):
        raise refuse("Un fichier XML", TABLEAU)
    if tete[:1] in {"{", "["} and tete[1:].lstrip()[:1] in {'"', "{", "[", "}", "]"}:
        raise refuse("Un fichier JSON", ORIGINE)


def refuse(genre: str, conseil: str = TABLEAU) -> FichierIllisible:
    """The sentence that names the kind of file and says what to do instead."""
    return FichierIllisible(f"{genre} ne se lit pas ici : {conseil}.")


def _tell_archive(contenu: bytes) -> Genre:
    try:
        with zipfile.ZipFile(BytesIO(contenu)) as archive:
            noms = {nom.replace("\\", "/").lower().lstrip("/") for nom in archive.namelist()}
            declare = _peek(archive, "mimetype", 200)
            manifeste = _peek(archive, "META-INF/manifest.xml", MANIFESTE_MAX)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError) as erreur:
        raise FichierIllisible(ABIME) from erreur
    if declare.startswith(b"application/vnd.oasis.opendocument."):
        famille = declare.decode("latin-1").rsplit(".", 1)[1].strip().removesuffix("-template")
        if famille == "spreadsheet":
            if b"encryption-data" in manifeste:
                raise FichierIllisible(PROTEGE)
            return Genre.ODS
        raise refuse(OPENDOCUMENT.get(famille, "Un document OpenDocument"))
    if "xl/workbook.bin" in noms:
        return Genre.XLSB
    if any(nom.startswith("xl/") for nom in noms):
        return Genre.XLSX
    for debut, genre in ARCHIVES:
        if any(nom.startswith(debut) for nom in noms):
            raise refuse(genre)
    # A workbook may keep its parts under other names: its table of contents says so to the reader.
    if "[content_types].xml" in noms:
        return Genre.XLSX
    raise refuse("Une archive (.zip)", "déposez le tableau qu’elle contient")


def _peek(archive: zipfile.ZipFile, nom: str, maximum: int) -> bytes:
    """Return an entry, or nothing when it is absent or larger than it should be."""
    for info in archive.infolist():
        if info.filename == nom and info.file_size <= maximum:
            return archive.read(info)
    return b""


def _tell_ole(contenu: bytes) -> Genre:
    for flux, reponse, genre in FLUX_OLE:
        if flux.encode("utf-16-le") in contenu:
            if reponse == "protege":
                raise FichierIllisible(PROTEGE)
            if reponse and _is_ciphered(contenu):
                raise FichierIllisible(PROTEGE)
            if reponse:
                return Genre.XLS
            raise refuse(genre)
    raise FichierIllisible(ABIME)


def _is_ciphered(contenu: bytes) -> bool:
    """Whether the first records of an xls hold FILEPASS (MS-XLS 2.4.117), which says how it is ciphered."""
    place = max(contenu.find(DEBUT_BIFF8), contenu.find(DEBUT_BIFF5))
    for _ in range(ENREGISTREMENTS):
        if place < 0 or place + 4 > len(contenu):
            return False
        code, longueur = struct.unpack_from("<HH", contenu, place)
        if code == FILEPASS:
            return True
        place += 4 + longueur
    return False
