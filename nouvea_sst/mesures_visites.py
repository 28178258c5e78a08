"""What the calculation of the visits due costs beside reading the rows that it reads."""

import datetime
import resource
import sys
import time
from dataclasses import dataclass

from agents.models import Agent
from visites.calcul import in_lots, simulate
from visites.dossiers import LOT_LU, read_bareme, sources

RAPPORT_VISITES = 3
MO_VISITES = 400
# The best of several passes: the first one fills the caches of the database.
PASSES = 3


@dataclass(frozen=True)
class MesureVisites:
    """The cost of one simulated calculation: seconds by this machine's clock, the process's peak memory."""

    agents: int
    lignes: int
    dues: int
    lecture_s: float
    calcul_s: float
    memoire_mo: float

    @property
    def rapport(self) -> float:
        """How many times what reading the rows takes."""
        return round(self.calcul_s / self.lecture_s, 2)


def measure_visites(jour: datetime.date) -> MesureVisites:
    """Read every row that the rules need, then simulate on the same rows."""
    cles = list(Agent.objects.order_by("pk").values_list("pk", flat=True))
    lectures, calculs = [], []
    lignes = dues = 0
    for _passe in range(PASSES):
        debut = time.perf_counter()
        lignes = _read(cles, jour)
        lectures.append(time.perf_counter() - debut)
        debut = time.perf_counter()
        dues = sum(
            len(r.dues) for lot in simulate(read_bareme(jour), cles) for _, r, _ in lot.dossiers.values()
        )
        calculs.append(time.perf_counter() - debut)
    memoire = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return MesureVisites(
        agents=len(cles),
        lignes=lignes,
        dues=dues,
        lecture_s=round(min(lectures), 3),
        calcul_s=round(min(calculs), 3),
        memoire_mo=round(memoire / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1),
    )


def _read(cles: list[int], jour: datetime.date) -> int:
    """Read the rows, lot by lot as the calculation does, and do nothing with them."""
    return sum(
        sum(1 for _ in lues.iterator(chunk_size=LOT_LU))
        for lot, _ in in_lots(cles)
        for lues in sources(lot, jour).values()
    )
