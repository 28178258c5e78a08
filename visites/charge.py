"""How many visits are due month by month and motive by motive, each number with the list of its rows."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from nouvea_sst.lib.affichage import count_of, format_date
from nouvea_sst.lib.dates import add_months
from nouvea_sst.lib.graphiques import BarresEmpilees, Serie
from visites.filters import motive_choices
from visites.querysets import VisiteDueQuerySet

MOIS = 24
RETARD, TOTAL = "En retard", "total"
AUTRES = "Autres motifs"
# As many parts as a stacked bar has colours.
PARTS = 4
JOUR = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Periode:
    """One bar: its words, its first day (None for what was due before), its last day."""

    libelle: str
    debut: datetime.date | None
    fin: datetime.date


@dataclass(frozen=True)
class Charge:
    """The visits due by period and motive; a motive is a choice of the list's filter."""

    periodes: list[Periode]
    motifs: dict[str, str]
    nombres: Mapping[tuple[datetime.date | None, str], int]
    placees: int = 0

    def number(self, periode: Periode, *cles: str) -> int:
        """How many are due in this period for these motives, all of them without any."""
        return sum(self.nombres.get((periode.debut, cle), 0) for cle in cles or self.motifs)

    def total(self, *cles: str) -> int:
        """How many are due in all the periods."""
        return sum(self.number(periode, *cles) for periode in self.periodes)

    def address(self, periode: Periode, *cles: str) -> str:
        """The list of exactly these rows."""
        return _address(periode.debut, periode.fin, cles)

    def address_of_all(self, *cles: str) -> str:
        """The list of the rows of these motives in all the periods."""
        return _address(None, self.periodes[-1].fin, cles)

    @property
    def address_of_placed(self) -> str:
        """The list of those of all the periods that have an appointment."""
        return f"{self.address_of_all()}&{urlencode({'echeance': 'placees'})}"

    @property
    def parts(self) -> list[tuple[str, tuple[str, ...]]]:
        """The parts of a bar: the most frequent motives, then all the others as one."""
        tries = sorted(self.motifs, key=lambda cle: -self.total(cle))
        seuls = tries if len(tries) <= PARTS else tries[: PARTS - 1]
        parts: list[tuple[str, tuple[str, ...]]] = [(self.motifs[cle], (cle,)) for cle in seuls]
        autres = tuple(tries[len(seuls) :])
        return [*parts, (AUTRES, autres)] if autres else parts

    def draw(self, choisi: str = "") -> BarresEmpilees:
        """The chart: one bar a period, each part a link to its rows; of one motive when it is chosen."""
        parts = [(self.motifs[choisi], (choisi,))] if choisi else self.parts
        cles = (choisi,) if choisi else ()
        retard, total = self.number(self.periodes[0], *cles), self.total(*cles)
        quoi = f"{self.motifs[choisi]}\u202f: " if choisi else ""
        dont = f", dont {count_of(retard, 'en retard,en retard')}" if retard else ""
        return BarresEmpilees(
            titre=f"{quoi}{count_of(total, 'visite')} à tenir d’ici fin {self.periodes[-1].libelle}{dont}",
            note="Visites dues par mois d’échéance et par motif. "
            f"En retard\u202f: avant le {format_date(self.periodes[1].debut, 'lettre')}.",
            libelles=[periode.libelle for periode in self.periodes],
            series=[
                Serie(
                    nom,
                    [self.number(periode, *cles) for periode in self.periodes],
                    [self.address(periode, *cles) for periode in self.periodes],
                )
                for nom, cles in parts
            ],
        )

    def rows(self) -> list[dict[str, Any]]:
        """The table: one row a period, one cell a motive, with their addresses under « liens »."""
        return [
            {
                "mois": periode.libelle,
                TOTAL: self.number(periode),
                "liens": {TOTAL: self.address(periode)} | {c: self.address(periode, c) for c in self.motifs},
            }
            | {cle: self.number(periode, cle) for cle in self.motifs}
            for periode in self.periodes
        ]

    def by_motive(self) -> list[dict[str, Any]]:
        """Each motive, the most frequent first: its words, how many visits, their list, its own chart."""
        return [
            {
                "cle": cle,
                "libelle": self.motifs[cle],
                "nombre": self.total(cle),
                "liste": self.address_of_all(cle),
                "seul": f"{reverse('visites:charge')}?{urlencode({'motif': cle})}",
            }
            for cle in sorted(self.motifs, key=lambda cle: -self.total(cle))
        ]

    def totals(self) -> dict[str, int]:
        """The foot of the table."""
        return {TOTAL: self.total()} | {cle: self.total(cle) for cle in self.motifs}

    def totals_linked(self) -> dict[str, str]:
        """Where the numbers of the foot lead."""
        return {TOTAL: self.address_of_all()} | {cle: self.address_of_all(cle) for cle in self.motifs}


def read_charge(dues: VisiteDueQuerySet, jour: datetime.date, *, origine: bool) -> Charge:
    """Count the visits to be held that these rows are: those late on this day, then month by month."""
    premier = jour.replace(day=1)
    mois = [add_months(premier, rang) for rang in range(MOIS)]
    periodes = [Periode(RETARD, None, jour - JOUR)]
    periodes += [Periode(format_date(m, "mois"), max(m, jour), add_months(m, 1) - JOUR) for m in mois]
    choix = motive_choices(origine)
    lignes = list(dues.open().load(jour, periodes[-1].fin))
    nombres = _sort(lignes, jour, {} if origine else {libelle: cle for cle, libelle in choix})
    connus = {cle for _, cle in nombres}
    placees = sum(ligne["placees"] for ligne in lignes)
    return Charge(periodes, {cle: libelle for cle, libelle in choix if cle in connus}, nombres, placees)


def _sort(
    lignes: Iterable[Mapping[str, Any]], jour: datetime.date, publics: Mapping[str, str]
) -> Counter[tuple[datetime.date | None, str]]:
    """Add up by period and choice of motive, a public wording when these are given."""
    nombres: Counter[tuple[datetime.date | None, str]] = Counter()
    for ligne in lignes:
        cle = publics[ligne["motif__libelle_public"]] if publics else str(ligne["motif"])
        debut = None if ligne["retard"] else max(ligne["mois"], jour)
        nombres[debut, cle] += ligne["nombre"]
    return nombres


def _address(debut: datetime.date | None, fin: datetime.date, cles: Iterable[str]) -> str:
    bornes = [("du", format_date(debut))] if debut is not None else []
    criteres = [*bornes, ("au", format_date(fin)), *(("motif", cle) for cle in cles)]
    return f"{reverse('visites:liste')}?{urlencode(criteres)}"
