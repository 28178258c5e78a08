"""HR status from the career category CDCATE of the former software (sirh.md §1.3): the one table."""

from agents.enums import Statut

CATEGORIES_ELUS = frozenset({9, 10, 11})  # adjoints, conseillers municipaux, maire
STATUT_PAR_CATEGORIE = {
    1: Statut.F,  # fonctionnaires communaux
    2: Statut.F,  # stagiaires communaux
    3: Statut.F,  # allocataires
    4: Statut.C,  # contractuels
    6: Statut.F,  # détachés
    7: Statut.CC,  # conventions collectives
    8: Statut.CC,  # conventions collectives, second code
    16: Statut.F,  # détachés
    17: Statut.F,  # détachés
    18: Statut.F,  # stagiaires territoriaux
    19: Statut.F,  # détachés
    20: Statut.F,  # fonctionnaires territoriaux
}


def statut_of(categorie: int | None) -> Statut | None:
    """Return the status of a career category; None for elected members, « autres » (5, 15) and unknown."""
    return None if categorie is None else STATUT_PAR_CATEGORIE.get(categorie)


def is_elu(categorie: int | None) -> bool:
    """Whether the category is that of an elected member: never in the medical follow-up."""
    return categorie in CATEGORIES_ELUS
