"""The tree of services as a file brings it: in any order, some nodes closed, some not known yet."""

from collections.abc import Mapping
from typing import Any

from agents.enums import NiveauStructure

# Display types of the former software (sirh.md §1.6); 30 is shown nowhere.
NIVEAUX = {
    "27": NiveauStructure.DIRECTION,
    "28": NiveauStructure.SERVICE,
    "29": NiveauStructure.SECTION,
}
DESCENTE = (
    NiveauStructure.VILLE,
    NiveauStructure.DIRECTION,
    NiveauStructure.SERVICE,
    NiveauStructure.SECTION,
)
PREVISION, INACTIF = "0", "3"


def is_looped(noeud: Any, parents: Mapping[Any, Any]) -> bool:
    """Whether a node stands under itself, by these parents."""
    vus = {noeud}
    courant = parents.get(noeud)
    while courant is not None and courant not in vus:
        vus.add(courant)
        courant = parents.get(courant)
    return courant == noeud


def guess_level(parent: str | None, a_des_directions: bool) -> NiveauStructure:
    """Level of a node that is shown nowhere: the city's above directions, else one under its parent's."""
    if parent is None or a_des_directions:
        return NiveauStructure.VILLE
    rang = DESCENTE.index(NiveauStructure(parent))
    return DESCENTE[min(rang + 1, len(DESCENTE) - 1)]
