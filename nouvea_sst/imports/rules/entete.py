"""Finds the row that names the columns: title rows may stand above it."""

from collections.abc import Iterable, Sequence

from nouvea_sst.imports.rules.dates import looks_like_date
from nouvea_sst.imports.rules.textes import cell_text
from nouvea_sst.lib.texte import fold

PROFONDEUR = 40


def find_header(lignes: Sequence[Sequence[object]], connus: frozenset[str]) -> int | None:
    """Return the index of the header row among the first rows, or None.

    The row that holds the most known names wins, the first of equals; without any known name, the first row
    of at least two words, all text, that is as wide as the rows under it.
    """
    tetes = lignes[:PROFONDEUR]
    notes = [count_known(ligne, connus) for ligne in tetes]
    if notes and max(notes) >= 2:
        return notes.index(max(notes))
    for rang, ligne in enumerate(tetes):
        largeurs = [len(suite) for suite in lignes[rang + 1 : rang + 21] if suite]
        if largeurs and looks_like_header(ligne) and len(ligne) >= _commonest(largeurs):
            return rang
    if notes and max(notes) == 1:
        return notes.index(1)
    return None


def count_known(ligne: Iterable[object], connus: frozenset[str]) -> int:
    """How many different known headers a row holds."""
    return len({nom for cellule in ligne if (nom := fold(cell_text(cellule))) in connus})


def looks_like_header(ligne: Sequence[object]) -> bool:
    """Whether a row is made of at least two different words, without number or date."""
    textes = [cell_text(c) for c in ligne if cell_text(c)]
    if len(textes) < 2 or len(set(textes)) < len(textes):
        return False
    return all(isinstance(c, str) or c is None for c in ligne) and not any(
        looks_like_date(t) or t.replace(",", "").replace(".", "").isdecimal() for t in textes
    )


def name_columns(ligne: Sequence[object], largeur: int) -> list[str]:
    """Name each column differently: its header, « Colonne C » for none, « Nom (2) » for a double."""
    noms: list[str] = []
    for rang in range(largeur):
        nom = cell_text(ligne[rang])[:120] if rang < len(ligne) else ""
        nom = nom or f"Colonne {column_letter(rang)}"
        autre, essai = 1, nom
        while essai in noms:
            autre += 1
            essai = f"{nom} ({autre})"
        noms.append(essai)
    return noms


def column_letter(rang: int) -> str:
    """Return A for 0, Z for 25, AA for 26."""
    lettres, rang = "", rang + 1
    while rang:
        rang, reste = divmod(rang - 1, 26)
        lettres = chr(65 + reste) + lettres
    return lettres


def _commonest(largeurs: list[int]) -> int:
    return max(set(largeurs), key=lambda n: (largeurs.count(n), -n))
