"""Small files of our own making."""

import csv
import io
import struct
import zipfile
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

ENTETE = ["Matricule", "Nom", "Prénom", "Sexe", "Date de naissance", "Date d’embauche", "Statut", "Service"]
BOULA = [
    "3120",
    "BOULA",
    "Nathalie",
    "F",
    "12/03/1980",
    "01/02/2010",
    "Fonctionnaire",
    "DEPEV – Espaces verts",
]
GONY = ["4066", "GONY", "Didier", "H", "05/11/1975", "15/06/2005", "C", "ATM – Magasin général"]
SAO = ["1877", "SAO", "Thérèse", "Femme", "30/01/1969", "01/09/1999", "CC", "SEFP"]


def make_csv(
    lignes: Sequence[Sequence[str]],
    *,
    entete: Sequence[str] | None = None,
    encodage: str = "utf-8",
    separateur: str = ";",
    titres: Sequence[str] = (),
) -> bytes:
    """A separated text; titres stand above the header, each followed by a blank line."""
    sortie = io.StringIO()
    for titre in titres:
        sortie.write(f"{titre}\r\n\r\n")
    plume = csv.writer(sortie, delimiter=separateur)
    plume.writerow(ENTETE if entete is None else entete)
    plume.writerows(lignes)
    return sortie.getvalue().encode(encodage)


def make_xlsx(lignes: Sequence[Sequence[Any]], *, feuilles: Sequence[Sequence[Sequence[Any]]] = ()) -> bytes:
    """A workbook; feuilles stand before the sheet of the rows."""
    classeur = Workbook()
    classeur.remove(classeur.active)
    for contenu in (*feuilles, lignes):
        feuille = classeur.create_sheet()
        for ligne in contenu:
            feuille.append(list(ligne))
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def make_archive(fichiers: dict[str, bytes]) -> bytes:
    """A zip with these files."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in fichiers.items():
            archive.writestr(nom, contenu)
    return sortie.getvalue()


def make_ods(feuilles: dict[str, str], *, chiffre: bool = False) -> bytes:
    """An OpenDocument workbook; each sheet is the XML of its rows."""
    norme = "urn:oasis:names:tc:opendocument:xmlns"
    espaces = "".join(f' xmlns:{nom}="{norme}:{nom}:1.0"' for nom in ("office", "table", "text"))
    tables = "".join(f'<table:table table:name="{n}">{xml}</table:table>' for n, xml in feuilles.items())
    contenu = (
        f"<office:document-content{espaces}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return make_archive(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": contenu.encode(),
            "META-INF/manifest.xml": b"<m:encryption-data/>" if chiffre else b"<m/>",
        }
    )


def change_archive(archive: bytes, changes: dict[str, bytes], ote: str = "") -> bytes:
    """The same archive with some entries replaced or added, and one left out."""
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        entrees = {nom: source.read(nom) for nom in source.namelist() if nom != ote}
    return make_archive(entrees | changes)


def make_xls(
    cellules: Sequence[tuple[int, int, Any]], *, depuis_1904: bool = False, protege: bool = False
) -> bytes:
    """An xls (BIFF8 in its OLE container) with one sheet: row, column and text, number or date serial.

    A cell written as (row, column, ("date", 1.0)) has the format of a day; ("erreur", 0x2A) is #N/A.
    """

    def record(code: int, corps: bytes) -> bytes:
        return struct.pack("<HH", code, len(corps)) + corps

    def text(texte: str, taille: str) -> bytes:
        return struct.pack(f"<{taille}B", len(texte), 1) + texte.encode("utf-16-le")

    debut = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    globales = record(0x2F, b"\0" * 6) if protege else b""
    globales += record(0x22, struct.pack("<H", depuis_1904))
    # Two cell formats: General, and 14, which is a day.
    globales += b"".join(record(0xE0, struct.pack("<HHH14x", 0, forme, 0)) for forme in (0, 14))
    nom = struct.pack("<HBB", 0, 5, 0) + b"Liste"
    place = len(debut) + len(globales) + 4 + 4 + len(nom) + 4
    globales += record(0x85, struct.pack("<I", place) + nom) + record(0x0A, b"")
    feuille = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for ligne, colonne, valeur in cellules:
        ou = struct.pack("<HHH", ligne, colonne, int(isinstance(valeur, tuple) and valeur[0] == "date"))
        if isinstance(valeur, str):
            feuille += record(0x0204, ou + text(valeur, "H"))
        elif isinstance(valeur, tuple) and valeur[0] == "erreur":
            feuille += record(0x0205, ou + bytes([valeur[1], 1]))
        else:
            nombre = valeur[1] if isinstance(valeur, tuple) else valeur
            feuille += record(0x0203, ou + struct.pack("<d", nombre))
    return _make_ole(debut + globales + feuille + record(0x0A, b""), "Workbook")


def _make_ole(flux: bytes, nom: str) -> bytes:
    """The container of old Office files with one stream of at least 4,096 bytes."""
    flux = flux.ljust(4096, b"\0")
    secteurs = -(-len(flux) // 512)
    table = [*range(1, secteurs), 0xFFFFFFFE, 0xFFFFFFFE, 0xFFFFFFFD]
    table += [0xFFFFFFFF] * (128 - len(table))
    tete = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    tete += struct.pack("<HHHHH6xIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, secteurs)
    tete += struct.pack("<IIIIII", 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    tete += struct.pack("<109I", secteurs + 1, *[0xFFFFFFFF] * 108)

    def entry(texte: str, genre: int, enfant: int, depart: int, taille: int) -> bytes:
        nom16 = texte.encode("utf-16-le")
        fiche = nom16.ljust(64, b"\0") + struct.pack("<HBB", len(nom16) + 2, genre, 1)
        fiche += struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, enfant) + b"\0" * 36
        return fiche + struct.pack("<IQ", depart, taille)

    annuaire = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(nom, 2, 0xFFFFFFFF, 0, len(flux))
    corps = flux.ljust(secteurs * 512, b"\0") + annuaire.ljust(512, b"\0")
    return tete.ljust(512, b"\0") + corps + struct.pack("<128I", *table)
