"""Which column fills which field: by the header's name, then by words in it, then by what the cells hold."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nouvea_sst.imports.rules.cible import Champ, Nature
from nouvea_sst.imports.rules.conversion import OUI_NON, parse_decimal
from nouvea_sst.imports.rules.dates import DateInvalide, looks_like_date, parse_date
from nouvea_sst.imports.rules.textes import is_empty
from nouvea_sst.imports.rules.valeurs import Retenues, translate
from nouvea_sst.lib.texte import fold

# What the workbook of refused rows adds before the cells: never read when the file comes back.
AJOUTEES = ("Motif du refus", "Colonne refusée", "Valeur refusée")
LIGNE_AJOUTEE = "Ligne du fichier, import {}"
_LIGNE_AJOUTEE = re.compile(fold(LIGNE_AJOUTEE.format("0")).replace("0", r"(\d{1,9})"))

PART_RECONNUE = 0.5
PART_DEVINEE = 0.9


def propose_columns(
    entetes: Sequence[str],
    textes: Sequence[Sequence[str]],
    champs: Sequence[Champ],
    retenues: Retenues | None = None,
) -> dict[int, str]:
    """Return the field of each recognised column, by rank; a field is filled by one column at most.

    textes: for each column the texts of its cells, as many as one likes.
    retenues: values that people matched with one of the house: they are known too.
    """
    noms = [fold(entete) for entete in entetes]
    pleins = [[t for t in colonne if not is_empty(t)] for colonne in textes]
    lus = {champ.nom: translate(pleins, (retenues or {}).get(champ.nom, {})) for champ in champs}
    trouves: dict[int, str] = {rang: "" for rang, nom in enumerate(noms) if is_added(nom)}
    for champ in champs:
        _take(trouves, champ, _by_name(champ, noms, lus[champ.nom], trouves))
    for champ in champs:
        if champ.nom not in trouves.values():
            _take(trouves, champ, _by_words(champ, noms, lus[champ.nom], trouves))
    for champ in champs:
        if champ.nom not in trouves.values() and champ.devine is not None:
            _take(trouves, champ, _by_content(champ, lus[champ.nom], trouves))
    return {rang: champ for rang, champ in sorted(trouves.items()) if champ}


def is_added(nom: str) -> bool:
    """Whether a folded header is one that the workbook of refused rows added."""
    return nom in {fold(entete) for entete in AJOUTEES} or bool(_LIGNE_AJOUTEE.fullmatch(nom))


def find_origin(entetes: Sequence[str]) -> int | None:
    """Return the number of the import whose refused rows this file brings back, None when it is none.

    >>> find_origin(["Motif du refus", "Ligne du fichier, import 12", "Nom"])
    12
    """
    for entete in entetes:
        if trouve := _LIGNE_AJOUTEE.fullmatch(fold(entete)):
            return int(trouve[1])
    return None


def find_origin_rank(entetes: Sequence[str]) -> int:
    """Return which column holds the numbers that the refused rows had in their file; -1 for none."""
    rangs = (rang for rang, entete in enumerate(entetes) if _LIGNE_AJOUTEE.fullmatch(fold(entete)))
    return next(rangs, -1)


def _take(trouves: dict[int, str], champ: Champ, rang: int | None) -> None:
    if rang is not None:
        trouves[rang] = champ.nom


def _by_name(
    champ: Champ, noms: Sequence[str], pleins: Sequence[Sequence[str]], pris: Mapping[int, str]
) -> int | None:
    """First column whose header is one of the synonyms, taken in their order; an empty column comes last."""
    for garni in (True, False):
        for synonyme in champ.synonymes:
            for rang, nom in enumerate(noms):
                libre = rang not in pris and bool(pleins[rang]) == garni
                if libre and nom == fold(synonyme) and suits(champ, pleins[rang]):
                    return rang
    return None


def _by_words(
    champ: Champ, noms: Sequence[str], pleins: Sequence[Sequence[str]], pris: Mapping[int, str]
) -> int | None:
    for fragment in champ.fragments:
        for rang, nom in enumerate(noms):
            libre = rang not in pris and bool(pleins[rang])
            if libre and f" {fold(fragment)} " in f" {nom} " and suits(champ, pleins[rang]):
                return rang
    return None


def _by_content(champ: Champ, pleins: Sequence[Sequence[str]], pris: Mapping[int, str]) -> int | None:
    for rang, textes in enumerate(pleins):
        if rang not in pris and textes and champ.devine is not None and champ.devine(textes):
            return rang
    return None


def suits(champ: Champ, textes: Sequence[str]) -> bool:
    """Whether at least half of the texts can be read as this field; an empty column suits any."""
    if not textes:
        return True
    if champ.convient is not None:
        return champ.convient(textes)
    if champ.nature == Nature.DATE:
        return share(textes, _is_date) >= PART_RECONNUE
    if champ.nature == Nature.CHOIX:
        return share(textes, champ.knows) >= PART_RECONNUE
    if champ.nature == Nature.ENTIER:
        return share(textes, str.isdecimal) >= PART_RECONNUE
    if champ.nature == Nature.DECIMAL:
        return share(textes, lambda t: _reads(parse_decimal, t)) >= PART_RECONNUE
    if champ.nature == Nature.OUI_NON:
        return share(textes, lambda t: fold(t) in OUI_NON) >= PART_RECONNUE
    if champ.lire is not None:
        return share(textes, lambda t: _reads(champ.lire, t)) >= PART_RECONNUE
    return True


def share(textes: Sequence[str], oui: object) -> float:
    """Share of the texts for which the question answers yes; 0 without texts."""
    if not textes or not callable(oui):
        return 0
    return sum(bool(oui(t)) for t in textes) / len(textes)


def _is_date(texte: str) -> bool:
    try:
        parse_date(texte)
    except DateInvalide:
        return looks_like_date(texte)
    return True


def _reads(lire: Callable[[str], Any] | None, texte: str) -> bool:
    try:
        return lire is not None and lire(texte) is not None
    except ValueError:
        return False


def apply_profile(
    entetes: Sequence[str], colonnes: Mapping[str, str], jointures: Mapping[str, str] | None = None
) -> dict[int, str]:
    """Return the columns that a profile (folded header → field) finds; several where it joins them."""
    trouves: dict[int, str] = {}
    for rang, entete in enumerate(entetes):
        champ = colonnes.get(fold(entete))
        if champ and (champ not in trouves.values() or champ in (jointures or {})):
            trouves[rang] = champ
    return trouves


def as_profile(entetes: Sequence[str], colonnes: Mapping[int, str]) -> dict[str, str]:
    """Return what a profile stores: folded header → field."""
    return {fold(entetes[rang]): champ for rang, champ in colonnes.items()}
