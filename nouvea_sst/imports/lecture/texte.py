"""Reads separated text: finds encoding and separator, then the rows."""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper

from nouvea_sst.imports.lecture.feuille import Cellule, Feuille, Fichier, Jauge, trim
from nouvea_sst.imports.lecture.genre import check_text
from nouvea_sst.imports.lecture.refus import FichierIllisible

SEPARATEURS = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre verticale"}
MARQUES = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
# Windows first: where two of them read as much French, it is the one.
OCTETS = (("cp1252", "Windows-1252"), ("cp850", "MS-DOS (cp850)"), ("mac_roman", "Macintosh"))
ACCENTS = re.compile(r"(?:(?<=[a-z])[éèêëàâçôîïûùü]|(?<=[A-Z])[ÉÈÊËÀÂÇÔÎÏÛÙÜ]|\b[éàÉÀ](?=[a-zA-Z ]))")
# What a text may hold of the characters that show nothing: tabulation, ends of line and of page, and
# the zeros that pad the columns of old systems.
COMMANDES = bytes(set(range(32)) - set(b"\x00\t\n\x0b\x0c\r\x1a\x1b"))
ECHANTILLON = 60
DEBUT = 2_000
TIRAGE = 200_000
CHAMP_MAX = 1_000_000
PARTAGES_MAX = 50_000
GUILLEMET = "Le fichier ne se lit pas comme un tableau : un guillemet reste sans doute ouvert."
ENCODAGE = "Le fichier annonce un encodage qu’il ne respecte pas : enregistrez-le à nouveau en UTF-8."
PAS_DU_TEXTE = "Ce fichier n’est ni un classeur ni du texte : enregistrez-le en .xlsx ou en .csv."
csv.field_size_limit(CHAMP_MAX)


@dataclass(frozen=True)
class Texte:
    """Bytes and the codec that reads them; decoded line by line, as often as asked."""

    contenu: bytes
    codec: str

    def lines(self) -> Iterator[str]:
        """Yield the lines with their ends, without the zeros that pad them."""
        with TextIOWrapper(BytesIO(self.contenu), self.codec, newline="") as flux:
            for ligne in flux:
                yield ligne.replace("\0", "")


def read_text(contenu: bytes) -> Fichier:
    """Return the rows of a separated text. Raises FichierIllisible when it is no text or no table."""
    codec, encodage = find_encoding(contenu)
    texte = Texte(contenu, codec)
    check_text(contenu[: DEBUT * 4].decode(codec, "ignore")[:DEBUT])
    impose, annonce = find_separator_line(texte)
    separateur = impose or find_separator(texte)
    lignes: list[list[Cellule]] = []
    try:
        _fill(lignes, texte, separateur)
    except csv.Error as erreur:
        raise FichierIllisible(GUILLEMET) from erreur
    except UnicodeDecodeError as erreur:
        raise FichierIllisible(ENCODAGE) from erreur
    if _swallowed(texte, lignes):
        raise FichierIllisible(GUILLEMET)
    if annonce:
        lignes[0] = []
    return Fichier("csv", [Feuille("", lignes)], encodage, SEPARATEURS.get(separateur, f"« {separateur} »"))


def _fill(lignes: list[list[Cellule]], texte: Texte, separateur: str) -> None:
    """Read every row; words that come back are kept once."""
    jauge = Jauge()
    partages: dict[str, str] = {}
    for ligne in csv.reader(texte.lines(), delimiter=separateur):
        if len(partages) > PARTAGES_MAX:
            partages.clear()
        propre = trim([partages.setdefault(cellule, cellule) for cellule in ligne])
        jauge.add(propre)
        lignes.append(propre)
    while lignes and not lignes[-1]:
        lignes.pop()


def _swallowed(texte: Texte, lignes: list[list[Cellule]]) -> bool:
    """Whether a quote that nothing closes took whole rows into a cell: quotes of a table go by pairs."""
    impair = sum(ligne.count('"') for ligne in texte.lines()) % 2
    return bool(impair) and any("\n" in str(cellule) for ligne in lignes for cellule in ligne)


def find_encoding(contenu: bytes) -> tuple[str, str]:
    """Return codec and name of the encoding. Raises FichierIllisible for binary content."""
    for marque, codec, nom in MARQUES:
        if contenu.startswith(marque):
            return codec, nom
    large = guess_wide(contenu)
    if large:
        return large, large[:6].upper()
    tete = contenu[:TIRAGE]
    if not _looks_like_text(tete):
        raise FichierIllisible(PAS_DU_TEXTE)
    if _is_utf8(contenu):
        return "utf-8", "UTF-8"
    codec, nom = max(OCTETS, key=lambda choix: len(ACCENTS.findall(tete.decode(choix[0], "replace"))))
    if codec == "cp1252" and contenu.translate(None, b"\x81\x8d\x8f\x90\x9d") != contenu:
        return "latin-1", "Latin-1"
    return codec, nom


def _looks_like_text(tete: bytes) -> bool:
    """Whether at most half of it is padding, and at most a hundredth of the rest shows nothing."""
    plein = tete.translate(None, b"\x00")
    muets = len(plein) - len(plein.translate(None, COMMANDES))
    return len(plein) >= len(tete) / 2 and muets <= len(plein) / 100


def _is_utf8(contenu: bytes) -> bool:
    """Whether all of it is UTF-8, without ever holding the whole text."""
    decodeur = codecs.getincrementaldecoder("utf-8")()
    try:
        for debut in range(0, len(contenu), TIRAGE):
            decodeur.decode(contenu[debut : debut + TIRAGE])
        decodeur.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


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


def find_separator_line(texte: Texte) -> tuple[str, bool]:
    """Return the separator that Excel's first line « sep=; » names, and whether there is such a line."""
    try:
        tete = next(texte.lines(), "").strip("\r\n ").strip('"')
    except UnicodeDecodeError as erreur:
        raise FichierIllisible(ENCODAGE) from erreur
    if not tete.lower().startswith("sep="):
        return "", False
    return {4: "\t", 5: tete[4:]}.get(len(tete), ""), len(tete) <= 5


def find_separator(texte: Texte) -> str:
    """Return the separator that cuts most rows into the same number of cells, at least two.

    Quotes must stand around whole cells; only when no separator agrees with them are they taken loosely.
    """
    for strict in (True, False):
        notes = {separateur: _score(texte, separateur, strict) for separateur in SEPARATEURS}
        meilleur = max(notes, key=lambda s: notes[s])
        if notes[meilleur] > (0.5 if strict else 0):
            return meilleur
    return ";"


def _score(texte: Texte, separateur: str, strict: bool) -> float:
    """Share of the first rows that have the commonest width above one, times a little for that width."""
    largeurs: list[int] = []
    try:
        for ligne in csv.reader(texte.lines(), delimiter=separateur, strict=strict):
            if ligne:
                largeurs.append(len(ligne))
            if len(largeurs) >= ECHANTILLON:
                break
    except (csv.Error, UnicodeDecodeError):
        return 0
    larges = [n for n in largeurs if n > 1]
    if not larges:
        return 0
    commune = max(set(larges), key=lambda n: (larges.count(n), n))
    return larges.count(commune) / len(largeurs) * (1 + min(commune, 30) / 100)
