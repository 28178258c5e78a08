"""What would change in a record."""

from collections.abc import Mapping, Set
from typing import Any


def find_changes(
    connu: Mapping[str, Any], valeurs: Mapping[str, Any], ignores: Set[str] = frozenset()
) -> dict[str, tuple[Any, Any]]:
    """Return field → (old, new) where the file says something else. An empty cell changes nothing."""
    return {
        champ: (connu[champ], nouveau)
        for champ, nouveau in valeurs.items()
        if champ in connu
        and champ not in ignores
        and nouveau is not None
        and nouveau != ""
        and nouveau != connu[champ]
    }
