"""Turns the cells of a row into the values of its fields, or says why it cannot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nouvea_sst.imports.rules.cible import Champ, Faute, Nature, ValeurInconnue, Valeurs
from nouvea_sst.imports.rules.dates import Ordre, find_order, parse_date
from nouvea_sst.imports.rules.textes import ERREURS_EXCEL, cell_text, is_empty
from nouvea_sst.lib.texte import fold


@dataclass(frozen=True)
class Colonne:
    """A column of the file that fills a field.

    retenues: values of files that people matched with one of the house, folded; `servies` takes in those met.
    """

    rang: int
    entete: str
    champ: Champ
    ordre: Ordre = Ordre.JMA
    retenues: Mapping[str, str] = field(default_factory=dict)
    servies: set[str] = field(default_factory=set, compare=False)


def convert_row(cellules: Sequence[object], colonnes: Sequence[Colonne]) -> tuple[Valeurs, list[Faute]]:
    """Return the values by field name (None for a cell that says nothing) and the faults by column."""
    valeurs: Valeurs = {}
    fautes: list[Faute] = []
    for colonne in colonnes:
        cellule = cellules[colonne.rang] if colonne.rang < len(cellules) else None
        try:
            valeurs[colonne.champ.nom] = convert_cell(cellule, colonne)
        except ValueError as erreur:
            valeurs[colonne.champ.nom] = None
            inconnu = colonne.champ.nom if isinstance(erreur, ValeurInconnue) else ""
            fautes.append(Faute(colonne.entete, cell_text(cellule)[:200], str(erreur), inconnu))
    return valeurs, fautes


def convert_cell(cellule: object, colonne: Colonne) -> Any:
    """Return the value of one cell, None when it says nothing. Raises ValueError in French."""
    champ = colonne.champ
    texte = cell_text(cellule)
    if texte in ERREURS_EXCEL:
        raise ValueError("Cette cellule contient une erreur d’Excel.")
    if is_empty(texte):
        return None
    if colonne.retenues:
        texte = _house_value(texte, colonne)
    if champ.nature == Nature.DATE:
        return parse_date(texte if isinstance(cellule, str) else cellule, colonne.ordre, champ.pivot)
    if champ.nature == Nature.CHOIX:
        return _choice(texte, champ)
    if champ.nature == Nature.ENTIER:
        return _integer(texte)
    if champ.lire is not None:
        return champ.lire(texte)
    if champ.longueur and len(texte) > champ.longueur:
        raise ValueError(f"Ce texte compte {len(texte)} caractères ; le maximum est de {champ.longueur}.")
    return texte


def _house_value(texte: str, colonne: Colonne) -> str:
    """Return the value of the house that somebody matched with this one, else the text as it is."""
    cle = fold(texte)
    if cle not in colonne.retenues:
        return texte
    colonne.servies.add(cle)
    return colonne.retenues[cle]


def _choice(texte: str, champ: Champ) -> str:
    if not champ.knows(texte):
        raise ValeurInconnue(f"Valeur inconnue. Attendu : {champ.attendu}.")
    return champ.choix.get(fold(texte), texte)


def _integer(texte: str) -> int:
    if not texte.isascii() or not texte.isdecimal() or len(texte) > 4:
        raise ValueError("Un nombre entier est attendu.")
    return int(texte)


def date_orders(
    colonnes: Mapping[int, Sequence[object]], impose: str = ""
) -> tuple[dict[int, Ordre], Ordre, bool]:
    """Return the order of each date column, the file's order, and whether a column proves it.

    A column that proves nothing follows those that do; a file that proves nothing reads day/month/year.
    """
    if impose:
        return dict.fromkeys(colonnes, Ordre(impose)), Ordre(impose), True
    prouves = {rang: o for rang, valeurs in colonnes.items() if (o := find_order(valeurs)) is not None}
    votes = list(prouves.values())
    commun = max(Ordre, key=votes.count) if votes else Ordre.JMA
    return {rang: prouves.get(rang, commun) for rang in colonnes}, commun, bool(votes)
