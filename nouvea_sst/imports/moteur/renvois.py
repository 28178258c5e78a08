"""Rows of a workbook of refused rows that come back: which import refused them, corrected since or not."""

from dataclasses import dataclass
from typing import Any

from nouvea_sst.imports.enums import EffetLigne, EtatImport
from nouvea_sst.imports.models import Import, LigneImport
from nouvea_sst.imports.moteur.analyse import Analyse
from nouvea_sst.imports.rules.cible import Cible
from nouvea_sst.imports.rules.colonnes import find_origin, find_origin_rank
from nouvea_sst.imports.rules.textes import cell_text
from nouvea_sst.lib.texte import fold


@dataclass(frozen=True, slots=True)
class Renvoi:
    """A row refused before: by which import, under which number, why; corrige: some cell says something else.

    rivale: it was refused because of another row of its file.
    """

    depot_id: int
    numero: int
    motif: str
    rivale: bool
    corrige: bool

    def __str__(self) -> str:
        return f"Cette ligne revient de l’import n° {self.depot_id} (ligne {self.numero})"


def find_returns(cible: Cible, analyse: Analyse) -> dict[int, Renvoi]:
    """Return what is known of the rows that were refused before, by their number in this file.

    A row is found by the number that the workbook gave it; without it, by its cells.
    """
    origine = find_origin(analyse.entetes)
    if origine is None:
        return {}
    depots = Import.objects.filter(pk=origine, cible=cible.code).exclude(etat=EtatImport.ABANDONNE)
    depot = depots.without_file().first()
    if depot is None:
        return {}
    refusees = {n.numero: n for n in depot.lignes.filter(effet=EffetLigne.REFUSE).order_by("numero")}
    par_cellules = {_texts(n.cellules): n for n in reversed(refusees.values())}
    rangs, place = _ranks(depot, analyse), find_origin_rank(analyse.entetes)
    renvois = {}
    for lue in analyse.lignes:
        dits = _texts([_cell(lue.cellules, rang) for rang in rangs])
        dit = cell_text(_cell(lue.cellules, place)).removesuffix(".0")
        numero = int(dit) if dit.isascii() and dit.isdecimal() else 0
        refusee: LigneImport | None = refusees.get(numero) or par_cellules.get(dits)
        if refusee is not None:
            corrige = dits != _texts(refusee.cellules)
            # Of an import taken back, the other row is no longer there.
            rivale = refusee.rivale and depot.etat != EtatImport.ANNULE
            renvois[lue.numero] = Renvoi(depot.pk, refusee.numero, refusee.motif, rivale, corrige)
    return renvois


def _ranks(depot: Import, analyse: Analyse) -> list[int]:
    """Where the file has the columns that were kept of the refused rows, in their order; -1 for one gone."""
    places: dict[str, list[int]] = {}
    for rang, entete in enumerate(analyse.entetes):
        places.setdefault(fold(entete), []).append(rang)
    gardes = [depot.apercu["entetes"][rang] for rang in sorted(map(int, depot.apercu["colonnes"]))]
    return [libres.pop(0) if (libres := places.get(fold(entete), [])) else -1 for entete in gardes]


def _cell(cellules: list[Any], rang: int) -> Any:
    return cellules[rang] if 0 <= rang < len(cellules) else None


def _texts(cellules: Any) -> tuple[str, ...]:
    return tuple(cell_text(cellule) for cellule in cellules)
