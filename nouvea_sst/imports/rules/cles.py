"""Keys: what tells one row of a file from another, and finds it again in the database."""

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from nouvea_sst.imports.rules.cible import Cible, Cle, Valeurs
from nouvea_sst.lib.texte import fold

LONGUEUR_MAX = 200
PART_REMPLIE = 0.9
PART_MATRICULE = 0.5


def key_text(cle: Cle, valeurs: Mapping[str, Any]) -> str:
    """Write a row's key: field names, then folded values, so that two kinds of register never meet by chance.

    >>> key_text(Cle(("nom", "prenom")), {"nom": "Boula", "prenom": "Éva"})
    'nom+prenom=boula|eva'
    """
    texte = f"{cle.nom}={'|'.join(_part(valeurs.get(champ)) for champ in cle.champs)}"
    if len(texte) <= LONGUEUR_MAX:
        return texte
    empreinte = hashlib.sha256(texte.encode()).hexdigest()
    return f"{texte[: LONGUEUR_MAX - 65]}#{empreinte}"


def hash_key(texte: str) -> str:
    """Return what stands for a row's key where nobody needs to read it."""
    return hashlib.sha256(texte.encode()).hexdigest()


def _part(valeur: Any) -> str:
    if valeur is None:
        return ""
    if isinstance(valeur, datetime.date):
        return valeur.isoformat()
    return fold(str(valeur)).replace("|", " ")


def is_complete(cle: Cle, valeurs: Mapping[str, Any]) -> bool:
    """Whether every field of the key says something."""
    return all(valeurs.get(champ) not in {None, ""} for champ in cle.champs)


def row_key(cle: Cle, secours: Cle, valeurs: Mapping[str, Any]) -> str:
    """Return the key of a row: a single-field key that is empty gives way to the fallback key."""
    if len(cle.champs) == 1 and not is_complete(cle, valeurs):
        return key_text(secours, valeurs)
    return key_text(cle, valeurs)


def propose_key(cible: Cible, choisis: set[str], lignes: Sequence[Valeurs]) -> Cle:
    """Return the first of the target's keys that suits this file, in the target's order.

    A key is possible when its columns are there and mostly filled. An identifying key is then taken at once,
    even where the file doubles it: the doubles are faults of the file. Any other must be unique; if none is,
    the one with the fewest doubles is taken.
    """
    fournis = cible.supplied(choisis)
    possibles = [cle for cle in cible.cles if set(cle.champs) <= fournis and _is_filled(cle, lignes)]
    restants: dict[Cle, int] = {}
    for cle in possibles:
        if cle.identifiante:
            return cle
        doubles = count_doubles(cle, lignes)
        if not doubles:
            return cle
        restants[cle] = doubles
    if restants:
        return min(restants, key=lambda cle: restants[cle])
    return cible.cle_secours


def _is_filled(cle: Cle, lignes: Sequence[Valeurs]) -> bool:
    if not lignes:
        return True
    part = PART_MATRICULE if len(cle.champs) == 1 else PART_REMPLIE
    return sum(is_complete(cle, valeurs) for valeurs in lignes) >= part * len(lignes)


def count_doubles(cle: Cle, lignes: Sequence[Valeurs]) -> int:
    """How many rows repeat the key of an earlier one."""
    return len(lignes) - len({key_text(cle, valeurs) for valeurs in lignes})
