"""HR status from the career category CDCATE of the former software (sirh.md §1.3): the one table."""

import datetime
from dataclasses import dataclass

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


def describe_categorie(categorie: int) -> str:
    """Say in one word what a career category makes of an agent; nothing where no table says it."""
    if is_elu(categorie):
        return "Élu"
    statut = statut_of(categorie)
    return str(statut.label) if statut else ""


@dataclass(frozen=True)
class Situation:
    """What an agent's file says of his career: category, status, elected or not."""

    code_categorie: int | None
    statut: str
    est_elu: bool

    @property
    def vide(self) -> bool:
        """Whether nothing was said yet."""
        return self == Situation(None, "", False)


def situation_after(
    connue: Situation, categorie: int, debut: datetime.date, dite_le: datetime.date | None
) -> Situation:
    """Return what the file says once a career row of this category, begun on `debut`, decides.

    `dite_le`: the day on which somebody other than the careers, as a register, said what is known; None when
    nobody did. What was said since the row began stands where the two contradict each other; the category is
    added to a status with which it agrees.
    """
    elu = is_elu(categorie)
    suivante = Situation(categorie, "" if elu else statut_of(categorie) or connue.statut, elu)
    if connue.vide or dite_le is None or dite_le < debut:
        return suivante
    d_accord = (connue.statut, connue.est_elu) == (suivante.statut, suivante.est_elu)
    return suivante if d_accord and connue.code_categorie in {None, categorie} else connue
