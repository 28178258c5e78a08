"""What the rules say of many agents, and what it changes; nothing is written here."""

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from visites.dossiers import LOT_LU, read_dossiers, sources
from visites.rules.bareme import Bareme, Faits, Reponse
from visites.rules.confrontation import DueConnue, Ecarts, confront
from visites.rules.echeance import RegleInconnue
from visites.rules.occasions import find_dues

JOURNAL = logging.getLogger(__name__)
LOT = 5000


@dataclass
class Lot:
    """What a lot of agents comes to, before anything is written."""

    dossiers: dict[int, tuple[Faits, Reponse, Ecarts]] = field(default_factory=dict)
    erreurs: list[int] = field(default_factory=list)

    def count(self) -> dict[int, dict[str, int]]:
        """How many visits due each motive has, by effect."""
        motifs: dict[int, dict[str, int]] = {}
        for _, _, ecarts in self.dossiers.values():
            lignes = (
                *(("creees", due.motif) for due in ecarts.creees),
                *(("modifiees", due.motif) for _, due in ecarts.modifiees),
                *(("gardees", due.motif) for due in ecarts.gardees),
                *(("closes", fin.due.motif) for fin in ecarts.closes),
            )
            for effet, motif in lignes:
                comptes = motifs.setdefault(motif, {})
                comptes[effet] = comptes.get(effet, 0) + 1
        return motifs


def in_lots(cles: Sequence[int]) -> Iterator[tuple[Sequence[int], int]]:
    """Yield the keys lot by lot, each with how many there are up to its end."""
    for debut in range(0, len(cles), LOT):
        lot = cles[debut : debut + LOT]
        yield lot, debut + len(lot)


def simulate(bareme: Bareme, cles: Sequence[int]) -> Iterator[Lot]:
    """Yield what the rules of this scale say of these agents, lot by lot; nothing is written."""
    for lot, _ in in_lots(cles):
        yield compute_lot(lot, bareme)


def compute_lot(cles: Collection[int], bareme: Bareme) -> Lot:
    """Return what the rules say of these agents and what it changes; nothing is written.

    An agent whose facts make a rule fail is told apart and left as he was: the others are computed.
    """
    lues = sources(cles, bareme.jour)
    connues: dict[int, dict[str, DueConnue]] = {}
    for ligne in lues["dues"].iterator(chunk_size=LOT_LU):
        connues.setdefault(ligne[0], {})[ligne[1]] = DueConnue._make(ligne)
    lot = Lot()
    for faits in read_dossiers(lues, connues, bareme.tolerance):
        try:
            reponse = find_dues(faits, bareme)
            lot.dossiers[faits.agent] = (
                faits,
                reponse,
                confront(reponse, connues.get(faits.agent, {})),
            )
        except RegleInconnue:
            raise
        except Exception:
            JOURNAL.exception("visites dues non calculées pour l’agent de clé %s", faits.agent)
            lot.erreurs.append(faits.agent)
    return lot
