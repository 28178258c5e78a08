"""From the bytes of a file to its rows: tells what they are and hands them to the right reader."""

from nouvea_sst.imports.lecture.classeur import read_workbook
from nouvea_sst.imports.lecture.feuille import Fichier
from nouvea_sst.imports.lecture.genre import Genre, tell_kind
from nouvea_sst.imports.lecture.refus import FichierIllisible
from nouvea_sst.imports.lecture.texte import read_text

MO = 1024 * 1024


def read_file(contenu: bytes, taille_max: int) -> Fichier:
    """Return the rows of a csv, tsv, xlsx, xls or ods file of at most taille_max bytes.

    What a workbook with macros or a binary one holds is read too: whoever takes a file in asks check_name
    first. Raises FichierIllisible.
    """
    if not contenu.strip(b"\x00\t\r\n \xef\xbb\xbf\xfe\xff"):
        raise FichierIllisible("Le fichier est vide.")
    if len(contenu) > taille_max:
        raise FichierIllisible(
            f"Le fichier dépasse {taille_max // MO} Mo : partagez-le en plusieurs fichiers."
        )
    genre = tell_kind(contenu)
    return read_text(contenu) if genre == Genre.TEXTE else read_workbook(contenu, genre)
