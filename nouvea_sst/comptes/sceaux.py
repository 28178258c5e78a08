"""Reads the sealed journal again and tells the days that no longer fit their seal."""

import datetime
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Min

from nouvea_sst.comptes.models import LigneJournal, Sceau
from nouvea_sst.comptes.rules.sceaux import CHAMPS, ORIGINE, compute_seal
from nouvea_sst.lib.affichage import as_day, count_of, format_date, start_of

UN_JOUR = datetime.timedelta(days=1)
LUES = 2000


@dataclass(frozen=True)
class Ecart:
    """A day that no longer fits, and why, in words."""

    jour: datetime.date
    motif: str


@dataclass
class Bilan:
    """What reading everything again has found; `attente` counts the lines that no seal covers yet."""

    dernier: Sceau | None = None
    sceaux: int = 0
    lignes: int = 0
    attente: int = 0
    ecarts: list[Ecart] = field(default_factory=list)


@transaction.atomic
def verify_seals() -> Bilan:
    """Compute every seal again, reading lines as they come; the discrepancies are sorted by day."""
    bilan = Bilan()
    for sceau in Sceau.objects.order_by("derniere").iterator():
        bilan.ecarts += _check(sceau, bilan.dernier)
        bilan.sceaux += 1
        bilan.lignes += sceau.nombre
        bilan.dernier = sceau
    reste = LigneJournal.objects.filter(pk__gt=bilan.dernier.derniere if bilan.dernier else 0)
    bilan.attente = reste.count()
    bilan.ecarts += _backdated(reste.aggregate(quand=Min("quand"))["quand"], bilan.dernier)
    bilan.ecarts.sort(key=lambda ecart: ecart.jour)
    return bilan


def _check(sceau: Sceau, precedent: Sceau | None) -> list[Ecart]:
    """Compare one seal with the seal before and with the lines that stand there now."""
    apres, attendu = (precedent.derniere, precedent.empreinte) if precedent else (0, ORIGINE)
    if sceau.precedent != attendu:
        return [Ecart(sceau.jour, "le sceau qui le précède manque ou a changé")]
    lignes = LigneJournal.objects.sealed_by(apres=apres, derniere=sceau.derniere)
    calcul = compute_seal(
        precedent=sceau.precedent,
        jour=sceau.jour,
        moment=sceau.scelle_le,
        lignes=lignes.values_list(*CHAMPS).iterator(chunk_size=LUES),
    )
    ecarts = _backdated(lignes.aggregate(quand=Min("quand"))["quand"], precedent)
    if calcul.nombre != sceau.nombre:
        motif = f"{count_of(calcul.nombre, 'ligne')} au lieu de {count_of(sceau.nombre, 'ligne')}"
        ecarts.append(Ecart(sceau.jour, motif))
    elif calcul.empreinte != sceau.empreinte:
        ecarts.append(Ecart(sceau.jour, "le contenu d’une ligne ou du sceau a changé"))
    return ecarts


def _backdated(debut: datetime.datetime | None, dernier: Sceau | None) -> list[Ecart]:
    """Tell of a line that bears a day which was over and sealed before it came."""
    if debut is None or dernier is None or debut >= start_of(dernier.jour + UN_JOUR):
        return []
    quand = format_date(debut, "moment")
    return [Ecart(as_day(debut), f"une ligne datée du {quand} est arrivée après le sceau de ce jour")]
