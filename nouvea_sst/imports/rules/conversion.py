"""Turns the cells of a row into the values of its fields, or says why it cannot."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from nouvea_sst.imports.rules.cible import Champ, Faute, Nature, ValeurInconnue, Valeurs
from nouvea_sst.imports.rules.dates import UN_JOUR, Ordre, find_order, parse_date
from nouvea_sst.imports.rules.textes import ERREURS_EXCEL, cell_text, is_empty
from nouvea_sst.lib.texte import fold

ENTIER_MAX = 4
OUI_NON = {
    **dict.fromkeys(("1", "o", "oui", "vrai", "true", "v", "y", "yes", "x"), True),
    **dict.fromkeys(("0", "n", "non", "faux", "false", "f", "no"), False),
}


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
        jour = _read_day(texte if isinstance(cellule, str) else cellule, colonne)
        return jour - UN_JOUR if jour and champ.fin_exclue else jour
    if champ.nature == Nature.CHOIX:
        return _choice(texte, champ)
    if champ.nature == Nature.ENTIER:
        return _integer(texte, champ.longueur or ENTIER_MAX)
    if champ.nature == Nature.DECIMAL:
        return parse_decimal(texte)
    if champ.nature == Nature.OUI_NON:
        return parse_oui_non(texte)
    if champ.lire is not None:
        return champ.lire(texte)
    if champ.longueur and len(texte) > champ.longueur:
        raise ValueError(f"Ce texte compte {len(texte)} caractères ; le maximum est de {champ.longueur}.")
    return texte


def _read_day(cellule: object, colonne: Colonne) -> datetime.date | None:
    return parse_date(cellule, colonne.ordre, colonne.champ.pivot)


def as_iso(cellule: object, colonne: Colonne) -> str:
    """Write a date as no order of day and month can misread it; nothing for no date. Raises DateInvalide."""
    jour = None
    if not is_empty(texte := cell_text(cellule)):
        jour = _read_day(texte if isinstance(cellule, str) else cellule, colonne)
    return jour.isoformat() if jour else ""


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


def _integer(texte: str, chiffres: int) -> int:
    if not texte.isascii() or not texte.isdecimal() or len(texte) > chiffres:
        raise ValueError("Un nombre entier est attendu.")
    return int(texte)


def parse_decimal(texte: str) -> Decimal:
    """Return the number, with a comma or a dot, spaces between thousands or not. Raises ValueError.

    >>> parse_decimal("1 234,50")
    Decimal('1234.50')
    """
    try:
        nombre = Decimal("".join(texte.split()).replace(",", ".").removesuffix("%"))
    except InvalidOperation:
        nombre = Decimal("NaN")
    if not nombre.is_finite() or abs(nombre) >= 10**12:
        raise ValueError("Un nombre est attendu, comme 12 ou 12,5.")
    return nombre


def parse_oui_non(texte: str) -> bool:
    """Return what a yes or a no says, however the file writes it. Raises ValueError."""
    try:
        return OUI_NON[fold(texte)]
    except KeyError:
        raise ValueError("Valeur inconnue. Attendu : oui ou non, O ou N, 1 ou 0.") from None


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
