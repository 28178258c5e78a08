"""A rule that makes a visit due: does a number pass its thresholds, and which day does it give."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from nouvea_sst.lib.dates import add_months
from visites.enums import Declencheur, Operateur, PointDepart, RegleEcheance, Unite

FAMILLES: dict[str, RegleEcheance] = {
    Declencheur.NOUVEL_ARRIVANT: RegleEcheance.INITIALE,
    Declencheur.SANS_VISITE: RegleEcheance.INITIALE,
    Declencheur.PERIODIQUE: RegleEcheance.PERIODIQUE,
    Declencheur.ADAPTE: RegleEcheance.PERIODIQUE,
    Declencheur.RENFORCE: RegleEcheance.PERIODIQUE,
    Declencheur.PROFESSIONNEL: RegleEcheance.PROFESSIONNEL,
    Declencheur.FIN_CLD: RegleEcheance.REPRISE,
    Declencheur.FIN_CLM: RegleEcheance.REPRISE,
    Declencheur.LONGUE_MALADIE: RegleEcheance.REPRISE,
    Declencheur.MALADIE: RegleEcheance.REPRISE,
    Declencheur.ACCIDENT: RegleEcheance.REPRISE,
    Declencheur.REPRISE: RegleEcheance.REPRISE,
    Declencheur.PREREPRISE: RegleEcheance.PREREPRISE,
    Declencheur.POSITION: RegleEcheance.POSITION,
    Declencheur.DEMANDE_AGENT: RegleEcheance.DEMANDE,
    Declencheur.DEMANDE_SERVICE: RegleEcheance.DEMANDE,
    Declencheur.DEMANDE_MEDECIN: RegleEcheance.DEMANDE,
    Declencheur.RELANCE: RegleEcheance.RELANCE,
}
# Of one chain of absences the first rule of this order that holds makes the visit due.
REPRISES = (
    Declencheur.FIN_CLD,
    Declencheur.FIN_CLM,
    Declencheur.LONGUE_MALADIE,
    Declencheur.MALADIE,
    Declencheur.ACCIDENT,
    Declencheur.REPRISE,
)
DEMANDES = (Declencheur.DEMANDE_AGENT, Declencheur.DEMANDE_SERVICE, Declencheur.DEMANDE_MEDECIN)
# Without them nobody would have a date: the reference data must hold them.
INDISPENSABLES = (
    Declencheur.NOUVEL_ARRIVANT,
    Declencheur.SANS_VISITE,
    Declencheur.PERIODIQUE,
    Declencheur.ADAPTE,
    Declencheur.RENFORCE,
    Declencheur.PROFESSIONNEL,
)


@dataclass(frozen=True, slots=True)
class Regle:
    """One version of a rule, as it stands on the day of the calculation."""

    pk: int
    code: str
    motif_id: int
    libelle: str
    date_effet: datetime.date
    source: str = ""
    fiabilite: str = ""
    types: frozenset[int] = frozenset()
    positions: frozenset[str] = frozenset()
    natures: frozenset[str] = frozenset()
    operateur: str = ""
    seuil: int | None = None
    operateur_fin: str = ""
    seuil_fin: int | None = None
    unite_seuil: str = Unite.JOURS
    depart: str = PointDepart.FIN
    decalage: int | None = None
    unite: str = Unite.JOURS
    priorite: int = 50
    recul_mois: int | None = None

    @property
    def famille(self) -> RegleEcheance:
        """The family that the lists name."""
        return FAMILLES[self.code]

    def accepts(self, nombre: Decimal | float) -> bool:
        """Whether a number of days passes both thresholds; without threshold every number does."""
        return _passes(nombre, self.operateur, self.seuil) and _passes(
            nombre, self.operateur_fin, self.seuil_fin
        )

    def accepts_age(self, debut: datetime.date, jour: datetime.date) -> bool:
        """Whether what began on `debut` passes both thresholds on `jour`, in the unit of the rule."""
        return _age_passes(debut, jour, self.operateur, self.seuil, self.unite_seuil) and _age_passes(
            debut, jour, self.operateur_fin, self.seuil_fin, self.unite_seuil
        )

    def day_from(self, debut: datetime.date, fin: datetime.date) -> datetime.date:
        """The due day of a fact that lasts from debut to fin."""
        return shift(debut if self.depart == PointDepart.DEBUT else fin, self.decalage or 0, self.unite)

    def oldest_fact(self, jour: datetime.date) -> datetime.date | None:
        """The first day of a fact that the rule still looks at when it first sees it; None for any."""
        return None if self.recul_mois is None else add_months(jour, -self.recul_mois)


def shift(jour: datetime.date, decalage: int, unite: str) -> datetime.date:
    """The day so many days or months later, or earlier for a negative offset."""
    if unite == Unite.MOIS:
        return add_months(jour, decalage)
    return jour + datetime.timedelta(days=decalage)


def _passes(nombre: Decimal | float, operateur: str, seuil: int | None) -> bool:
    if seuil is None:
        return True
    match operateur:
        case Operateur.PLUS:
            return nombre > seuil
        case Operateur.AU_MOINS:
            return nombre >= seuil
        case Operateur.MOINS:
            return nombre < seuil
        case _:
            return nombre <= seuil


def _age_passes(
    debut: datetime.date, jour: datetime.date, operateur: str, seuil: int | None, unite: str
) -> bool:
    """« Less than 12 months » is: the day twelve months later has not come."""
    if seuil is None:
        return True
    borne = shift(debut, seuil, unite)
    match operateur:
        case Operateur.PLUS:
            return jour > borne
        case Operateur.AU_MOINS:
            return jour >= borne
        case Operateur.MOINS:
            return jour < borne
        case _:
            return jour <= borne


def word_condition(regle: Regle) -> str:
    """Write the thresholds: « plus de 30 et moins de 90 jours », « toujours »."""
    parties = [
        f"{str(Operateur(operateur).label)} {seuil}"
        for operateur, seuil in ((regle.operateur, regle.seuil), (regle.operateur_fin, regle.seuil_fin))
        if seuil is not None
    ]
    return f"{' et '.join(parties)} {regle.unite_seuil}" if parties else "toujours"


def word_offset(regle: Regle) -> str:
    """Write the offset: « 2 jours après le dernier jour du fait », « selon la catégorie de suivi »."""
    if regle.decalage is None:
        return "selon le référentiel, par catégorie de suivi"
    depart = str(PointDepart(regle.depart).label)
    if regle.decalage == 0:
        return depart
    nombre = abs(regle.decalage)
    unite = "jour" if regle.unite == Unite.JOURS and nombre == 1 else regle.unite
    return f"{nombre} {unite} {'après' if regle.decalage > 0 else 'avant'} {depart}"
