"""Small files of our own making."""

import csv
import io
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
