"""Leaves of health: the chains that follow each other across kinds, and the days that a rule counts."""

import datetime
from collections.abc import Iterable, Sequence

from agents.enums import FamilleAbsence
from agents.rules.chaines import Chaine, Ligne
from visites.enums import Declencheur
from visites.rules.regles import Regle

HORS_SANTE = frozenset({FamilleAbsence.ENFANT.value, FamilleAbsence.AUTRE.value})
# Their days are never days of illness, unless the rule names their kind.
A_PART = frozenset({FamilleAbsence.MATERNITE.value, FamilleAbsence.PROFESSIONNELLE.value})
# The rules of illness count every day of a leave, be it begun by an accident.
ENTIERS = frozenset({Declencheur.LONGUE_MALADIE, Declencheur.MALADIE})


def find_leaves(chaines: Iterable[Chaine], tolerance: int) -> Iterable[list[Chaine]]:
    """Gather the chains of health between which lie no more days of work than the tolerance."""
    return _follow((c for c in chaines if c.lignes[0][4] not in HORS_SANTE), tolerance)


def _follow(chaines: Iterable[Chaine], tolerance: int) -> Iterable[list[Chaine]]:
    conge: list[Chaine] = []
    marge = datetime.timedelta(days=tolerance + 1)
    fin = datetime.date.min
    for chaine in chaines:
        if conge and chaine.debut > fin + marge:
            yield conge
            conge = []
        fin = max(fin, chaine.fin) if conge else chaine.fin
        conge.append(chaine)
    if conge:
        yield conge


def count_days(chaines: Sequence[Chaine]) -> float:
    """Calendar days of these chains; half a day that two of them hold counts once."""
    if len(chaines) == 1:
        return chaines[0].demis / 2
    return len(_halves(ligne for chaine in chaines for ligne in chaine.lignes)) / 2


def asks(regle: Regle, conge: Sequence[Chaine], tolerance: int) -> bool:
    """Whether a rule of return holds: for one of the chains, or for the whole leave when it is of illness."""
    return counted(regle, conge, tolerance) is not None


def counted(regle: Regle, conge: Sequence[Chaine], tolerance: int) -> float | None:
    """The days by which a rule of return holds for a leave; None when it does not."""
    if regle.code not in ENTIERS or len(conge) == 1:
        nombres = [chaine.demis / 2 for chaine in conge if of_types(regle, chaine)]
    else:
        nombres = whole_counts(regle, conge, tolerance)
        a_part = _set_apart(regle, conge)
        nombres += [_count_without(a_part, [chaine]) for chaine in conge if of_types(regle, chaine)]
    return next((nombre for nombre in nombres if regle.accepts(nombre)), None)


def whole_counts(regle: Regle, conge: Sequence[Chaine], tolerance: int) -> list[float]:
    """The days of each run of the leave that holds a kind of the rule, without those that stand apart."""
    if len(conge) == 1:
        return [conge[0].demis / 2] if of_types(regle, conge[0]) else []
    a_part = _set_apart(regle, conge)
    restes = [chaine for chaine in conge if not all(_is_apart(regle, ligne) for ligne in chaine.lignes)]
    return [
        _count_without(a_part, suite)
        for suite in _follow(restes, tolerance)
        if any(of_types(regle, chaine) for chaine in suite)
    ]


def of_types(regle: Regle, chaine: Chaine) -> bool:
    """Whether a stop of the chain is of a kind that the rule names; a rule that names none takes all."""
    return not regle.types or any(ligne[3] in regle.types for ligne in chaine.lignes)


def _is_apart(regle: Regle, ligne: Ligne) -> bool:
    return ligne[4] in A_PART and bool(regle.types) and ligne[3] not in regle.types


def _set_apart(regle: Regle, conge: Sequence[Chaine]) -> set[int]:
    return _halves(ligne for chaine in conge for ligne in chaine.lignes if _is_apart(regle, ligne))


def _count_without(a_part: set[int], chaines: Sequence[Chaine]) -> float:
    if not a_part:
        return count_days(chaines)
    return len(_halves(ligne for chaine in chaines for ligne in chaine.lignes) - a_part) / 2


def _halves(lignes: Iterable[Ligne]) -> set[int]:
    """The half days that these stops hold, each once."""
    demis: set[int] = set()
    for ligne in lignes:
        demis.update(range(2 * ligne[1].toordinal() + ligne[6], 2 * ligne[2].toordinal() + 2 - ligne[7]))
    return demis
