"""Reads separated text: finds encoding and separator, then the rows."""

import codecs
import csv
from io import StringIO

from nouvea_sst.imports.lecture.feuille import Cellule, Feuille, Fichier, trim
from nouvea_sst.imports.lecture.refus import FichierIllisible

SEPARATEURS = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre verticale"}
MARQUES = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
SANS_MARQUE = (("utf-8", "UTF-8"), ("cp1252", "Windows-1252"), ("latin-1", "Latin-1"))
ECHANTILLON = 60
CHAMP_MAX = 1_000_000
LIGNES_MAX = 300_000


def read_text(contenu: bytes) -> Fichier:
    """Return the rows of a separated text. Raises FichierIllisible when it is no text."""
    texte, encodage = decode(contenu)
    texte, impose = take_separator_line(texte)
    separateur = impose or find_separator(texte)
    csv.field_size_limit(CHAMP_MAX)
    lignes: list[list[Cellule]] = []
    try:
        for ligne in csv.reader(StringIO(texte, newline=""), delimiter=separateur):
            lignes.append(trim(list(ligne)))
            if len(lignes) > LIGNES_MAX:
                raise FichierIllisible("Le fichier dépasse 300 000 lignes : partagez-le.")
    except csv.Error as erreur:
        raise FichierIllisible(
            "Le fichier ne se lit pas comme un tableau : un guillemet reste sans doute ouvert."
        ) from erreur
    if impose:
        lignes.insert(0, [])
    return Fichier("csv", [Feuille("", lignes)], encodage, SEPARATEURS.get(separateur, f"« {separateur} »"))


def decode(contenu: bytes) -> tuple[str, str]:
    """Return text and the name of its encoding. Raises FichierIllisible for binary content."""
    for marque, codec, nom in MARQUES:
        if contenu.startswith(marque):
            return _decode_marked(contenu, codec), nom
    sans_marque = guess_wide(contenu)
    if sans_marque:
        return _decode_marked(contenu, sans_marque), sans_marque[:6].upper()
    if b"\x00" in contenu:
        raise FichierIllisible("Ce fichier n’est pas du texte : enregistrez-le en .xlsx ou en .csv.")
    for codec, nom in SANS_MARQUE:
        try:
            return contenu.decode(codec), nom
        except UnicodeDecodeError:
            continue
    raise FichierIllisible("L’encodage du fichier n’est pas reconnu.")


def _decode_marked(contenu: bytes, codec: str) -> str:
    try:
        return contenu.decode(codec)
    except UnicodeDecodeError as erreur:
        raise FichierIllisible(
            "Le fichier annonce un encodage qu’il ne respecte pas : enregistrez-le à nouveau en UTF-8."
        ) from erreur


def guess_wide(contenu: bytes) -> str:
    """Return utf-16 or utf-32, little or big endian, when zero bytes say so; else an empty string."""
    debut = contenu[:4000]
    debut = debut[: len(debut) // 4 * 4]
    quart = len(debut) // 4
    if quart < 1:
        return ""
    nuls = [debut[rang::4].count(0) / quart for rang in range(4)]
    if min(nuls[1:]) > 0.9 and nuls[0] < 0.2:
        return "utf-32-le"
    if min(nuls[:3]) > 0.9 and nuls[3] < 0.2:
        return "utf-32-be"
    if min(nuls[1], nuls[3]) > 0.6 and max(nuls[0], nuls[2]) < 0.2:
        return "utf-16-le"
    if min(nuls[0], nuls[2]) > 0.6 and max(nuls[1], nuls[3]) < 0.2:
        return "utf-16-be"
    return ""


def take_separator_line(texte: str) -> tuple[str, str]:
    """Take Excel's first line « sep=; » away; return the rest and the separator, if any."""
    tete, fin, suite = texte.partition("\n")
    tete = tete.strip().strip('"')
    if fin and tete.lower().startswith("sep=") and len(tete) == 5:
        return suite, tete[4]
    if fin and tete.lower() == "sep=":
        return suite, "\t"
    return texte, ""


def find_separator(texte: str) -> str:
    """Return the separator that cuts most rows into the same number of cells, at least two.

    Quotes must stand around whole cells; only when no separator agrees with them are they taken loosely.
    """
    for strict in (True, False):
        notes = {separateur: _score(texte, separateur, strict) for separateur in SEPARATEURS}
        meilleur = max(notes, key=lambda s: notes[s])
        if notes[meilleur] > (0.5 if strict else 0):
            return meilleur
    return ";"


def _score(texte: str, separateur: str, strict: bool) -> float:
    """Share of the first rows that have the commonest width above one, times a little for that width."""
    largeurs: list[int] = []
    try:
        for ligne in csv.reader(StringIO(texte, newline=""), delimiter=separateur, strict=strict):
            if ligne:
                largeurs.append(len(ligne))
            if len(largeurs) >= ECHANTILLON:
                break
    except csv.Error:
        return 0
    larges = [n for n in largeurs if n > 1]
    if not larges:
        return 0
    commune = max(set(larges), key=lambda n: (larges.count(n), n))
    return larges.count(commune) / len(largeurs) * (1 + min(commune, 30) / 100)
