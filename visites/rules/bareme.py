"""What the rules of visits read of an agent, what they answer, and the scale of rules that they hold."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from agents.rules.chaines import Chaine
from visites.enums import NatureVisite, RegleEcheance
from visites.rules.echeance import FaitsAgent, Valeur
from visites.rules.regles import FAMILLES, Regle

SUIVI = frozenset({RegleEcheance.INITIALE, RegleEcheance.PERIODIQUE, RegleEcheance.PROFESSIONNEL})


class Position(NamedTuple):
    """An administrative position, both days included; no end means still.

    `couvre` are the words of those that it takes the place of on its first days.
    """

    debut: datetime.date
    fin: datetime.date | None
    code: str
    libelle: str
    en_activite: bool
    dans_effectif: bool
    couvre: str = ""


class VisiteVue(NamedTuple):
    """A visit that was held or missed; `due` is the occasion of the visit due that it was placed for."""

    pk: int
    date: datetime.date
    motif: int
    due: str | None
    nature: str = NatureVisite.EXAMEN.value
    prochaine_visite: datetime.date | None = None
    validite_mois: int | None = None


class Demande(NamedTuple):
    """A request that waits for its visit."""

    pk: int
    code: str
    demandee_le: datetime.date
    avant_le: datetime.date | None


@dataclass(slots=True)
class Faits:
    """What the rules read of one agent; `connues` are the occasions of his visits due or put aside."""

    agent: int
    base: FaitsAgent
    chaines: Sequence[Chaine] = ()
    positions: Sequence[Position] = ()
    tenues: Sequence[VisiteVue] = ()
    manquees: Sequence[VisiteVue] = ()
    demandes: Sequence[Demande] = ()
    connues: Collection[str] = ()


@dataclass(slots=True)
class Proposition:
    """A visit that is due: for which occasion, by which rule, when, and the proof."""

    cle: str
    regle: Regle
    fait_le: datetime.date | None
    jour: datetime.date | None
    preuve: dict[str, Any]
    motif: int
    priorite: int
    absences: int = 0


@dataclass(slots=True)
class Reponse:
    """What is due, what was served and by which visit, and the proof of an exclusion.

    `base`: the facts that the follow-up runs from. `exclues`: what falls on a day of absence from the staff.
    """

    dues: list[Proposition] = field(default_factory=list)
    servies: dict[str, VisiteVue] = field(default_factory=dict)
    exclusion: dict[str, Any] | None = None
    exclues: dict[str, dict[str, Any]] = field(default_factory=dict)
    base: FaitsAgent = field(default_factory=FaitsAgent)


@dataclass(frozen=True)
class Bareme:
    """The rules in force on the day, what the reference data gives, and which motives serve for which.

    `tolerance`: days of work that a chain of absences bears between two stops.
    """

    jour: datetime.date
    regles: Mapping[str, Regle]
    valeurs: Mapping[str, Valeur]
    sans_motif: int | None = None
    tolerance: int = 0
    groupes: Mapping[int, frozenset[str]] = field(default_factory=dict)
    bornes: Mapping[str, datetime.date] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        jour: datetime.date,
        regles: Mapping[str, Regle],
        valeurs: Mapping[str, Valeur],
        sans_motif: int | None = None,
        tolerance: int = 0,
        connus: Mapping[int, Collection[str]] | None = None,
    ) -> "Bareme":
        """Gather the rules by motive: the motives of one group serve for each other.

        `connus`: the groups that a motive has from other versions, so that a visit held serves still.
        """
        groupes = {motif: set(noms) for motif, noms in (connus or {}).items()}
        for regle in regles.values():
            groupes.setdefault(regle.motif_id, set()).add(group_of(regle.code))
        fixes = {motif: frozenset(noms) for motif, noms in groupes.items()}
        bornes = {code: borne for code, regle in regles.items() if (borne := regle.oldest_fact(jour))}
        return cls(jour, regles, valeurs, sans_motif, tolerance, fixes, bornes)

    def looks_at(self, regle: Regle, fait: datetime.date) -> bool:
        """Whether a fact is not older than what the rule still looks at when it first sees it."""
        borne = self.bornes.get(regle.code)
        return borne is None or fait >= borne

    def serves(self, visite: VisiteVue, regle: Regle) -> bool:
        """Whether a visit of this motive is one for this rule; one without a known motive is, for all."""
        return visite.motif == self.sans_motif or group_of(regle.code) in self.groupes.get(visite.motif, ())


def group_of(code: str) -> str:
    """The visits that serve for each other: the follow-up, the returns, each other rule by itself."""
    famille = FAMILLES[code]
    if famille in SUIVI:
        return "suivi"
    return famille.value if famille == RegleEcheance.REPRISE else str(code)
