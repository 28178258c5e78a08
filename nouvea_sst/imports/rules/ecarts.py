"""What would change in a record."""

import unicodedata
from collections.abc import Mapping, Set
from typing import Any


def find_changes(
    connu: Mapping[str, Any],
    valeurs: Mapping[str, Any],
    ignores: Set[str] = frozenset(),
    sans_casse: Set[str] = frozenset(),
) -> dict[str, tuple[Any, Any]]:
    """Return field → (old, new) where the file says something else. An empty cell changes nothing.

    In the fields `sans_casse` MAGNIN says the same as Magnin; an accent still says something else.
    """
    return {
        champ: (connu[champ], nouveau)
        for champ, nouveau in valeurs.items()
        if champ in connu
        and champ not in ignores
        and nouveau is not None
        and nouveau != ""
        and nouveau != connu[champ]
        and not (champ in sans_casse and fold_case(nouveau) == fold_case(connu[champ]))
    }


def fold_case(valeur: Any) -> str:
    """Return a text without its capitals; « É » and « é » are one letter however they are encoded."""
    return unicodedata.normalize("NFC", str(valeur or "")).casefold()
