"""What would change in a record."""

import unicodedata
from collections.abc import Mapping, Set
from typing import Any


def find_changes(
    connu: Mapping[str, Any],
    valeurs: Mapping[str, Any],
    ignores: Set[str] = frozenset(),
    sans_casse: Set[str] = frozenset(),
    effacables: Set[str] = frozenset(),
) -> dict[str, tuple[Any, Any]]:
    """Return field → (old, new) where the file says something else.

    An empty cell changes nothing, unless its field is one of `effacables`.
    In the fields `sans_casse` MAGNIN says the same as Magnin; an accent still says something else.
    """
    return {
        champ: (connu[champ], nouveau)
        for champ, nouveau in valeurs.items()
        if champ in connu
        and champ not in ignores
        and (not is_blank(nouveau) or (champ in effacables and not is_blank(connu[champ])))
        and nouveau != connu[champ]
        and not (champ in sans_casse and fold_case(nouveau) == fold_case(connu[champ]))
    }


def is_blank(valeur: Any) -> bool:
    """Whether a value says nothing; 0 and « non » say something."""
    return valeur is None or valeur == ""


def fold_case(valeur: Any) -> str:
    """Return a text without its capitals; « É » and « é » are one letter however they are encoded."""
    return unicodedata.normalize("NFC", str(valeur or "")).casefold()
