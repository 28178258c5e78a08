"""How the demands of a post go with what somebody must avoid."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from agents.enums import Accord, NiveauExigence

NOMBRE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(kg|kilos?|h|heures?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Contrainte:
    """What must be avoided: a kind of demand, at all or above a limit in its unit."""

    type: int
    libelle: str
    unite: str = ""
    limite: Decimal | None = None


@dataclass(frozen=True)
class Exigence:
    """What a post asks for: how often, and how much in the unit of its kind when it is known."""

    niveau: str
    valeur: Decimal | None = None


@dataclass(frozen=True)
class Heurt:
    """One demand of a post against what must be avoided; `exigence` is None when nobody has entered it."""

    contrainte: Contrainte
    exigence: Exigence | None


def read_limit(precision: str, unite: str) -> Decimal | None:
    """Return the limit that a few words give in this unit, 10 for « 10 kg au plus »; None without one."""
    if not unite:
        return None
    trouves = [
        Decimal(nombre.replace(",", "."))
        for nombre, mot in NOMBRE.findall(precision)
        if mot[0].lower() == unite[0].lower()
    ]
    return min(trouves, default=None)


def is_within(contrainte: Contrainte, exigence: Exigence) -> bool:
    """Whether a demand is known to stay at or below the limit."""
    limite, valeur = contrainte.limite, exigence.valeur
    return limite is not None and valeur is not None and valeur <= limite


def clashes_of(contraintes: Sequence[Contrainte], exigences: Mapping[int, Exigence]) -> list[Heurt]:
    """Return what clashes or is not known, in the order of the constraints."""
    heurts = []
    for contrainte in contraintes:
        exigence = exigences.get(contrainte.type)
        sans_heurt = exigence is not None and (
            exigence.niveau == NiveauExigence.JAMAIS or is_within(contrainte, exigence)
        )
        if not sans_heurt:
            heurts.append(Heurt(contrainte, exigence))
    return heurts


def grade(heurts: Sequence[Heurt]) -> Accord:
    """Return how the post goes with them all: what it often asks for decides, then what is not known."""
    niveaux = {heurt.exigence.niveau if heurt.exigence else "" for heurt in heurts}
    if NiveauExigence.SOUVENT in niveaux:
        return Accord.CONTRAIRE
    if "" in niveaux:
        return Accord.A_VERIFIER
    return Accord.A_AMENAGER if niveaux else Accord.COMPATIBLE
