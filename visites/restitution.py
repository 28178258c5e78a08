"""What a calculation found, agent by agent, without writing it."""

import datetime
from typing import Any, NamedTuple

from visites.calcul import Lot


class Explication(NamedTuple):
    """One visit due of one agent, with its proof."""

    agent: int
    motif: int
    echeance: datetime.date | None
    absences: int
    preuve: dict[str, Any]
    effet: str


def explain_lot(lot: Lot) -> list[Explication]:
    """What the calculation does of each visit due of a lot; a person's dates in place of the rules'."""
    dites: list[Explication] = []
    for faits, _, ecarts in lot.dossiers.values():
        agent = faits.agent
        dites += [Explication(agent, d.motif, d.jour, d.absences, d.preuve, "creees") for d in ecarts.creees]
        dites += [
            Explication(agent, d.motif, connue.choisie or d.jour, d.absences, d.preuve, "modifiees")
            for connue, d in ecarts.modifiees
        ]
        dites += [
            Explication(agent, d.motif, d.echeance, d.absences, d.preuve, "gardees") for d in ecarts.gardees
        ]
        dites += [
            Explication(
                agent,
                fin.due.motif,
                fin.due.echeance,
                fin.due.absences,
                fin.preuve | {"cloture": str(fin.cloture.label)},
                "closes",
            )
            for fin in ecarts.closes
        ]
    return dites


def count_effects(explications: list[Explication]) -> dict[int, dict[str, int]]:
    """How many visits due each motive has, by effect."""
    motifs: dict[int, dict[str, int]] = {}
    for explication in explications:
        comptes = motifs.setdefault(explication.motif, {})
        comptes[explication.effet] = comptes.get(explication.effet, 0) + 1
    return motifs
