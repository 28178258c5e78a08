"""Which sick-leave rights an agent has on a day: his status, his years of service, his trial period."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agents.enums import GroupeStatut, RaisonDroits, Statut
from agents.rules.droits_maladie import SANS_DROITS, Droits, seniority
from agents.rules.statut import is_elu, statut_of
from nouvea_sst.lib.dates import Periode

# Leave for personal business, by the payroll's code: its days are no service (sirh.md §5.4).
POSITION_OTEE = "50"
GROUPES = {Statut.F: GroupeStatut.F, Statut.C: GroupeStatut.C_CC, Statut.CC: GroupeStatut.C_CC}


@dataclass(frozen=True)
class LigneBareme:
    """A row of the scale: so many days, below so many years of service; None for any."""

    groupe: str
    moins_de: int | None
    droits: Droits
    date_effet: datetime.date
    libelle: str = ""
    source: str = ""
    fiabilite: str = ""
    cle: int = 0


@dataclass(frozen=True)
class EtapeCarriere:
    """A row of a career; the last has no end."""

    debut: datetime.date
    fin: datetime.date | None
    categorie: int


@dataclass(frozen=True)
class FaitsDroits:
    """What the rights of an agent follow from, whatever the day."""

    statut: str
    est_elu: bool
    embauche: datetime.date | None
    carrieres: tuple[EtapeCarriere, ...] = ()
    essais: tuple[Periode, ...] = ()
    hors_service: tuple[Periode, ...] = ()


@dataclass(frozen=True)
class DroitsDuJour:
    """The rights of an agent on a day, and why: the row of the scale, or what leaves him without."""

    jour: datetime.date
    droits: Droits
    raison: RaisonDroits
    statut: str = ""
    anciennete: int | None = None
    ligne: LigneBareme | None = None


def line_of(
    bareme: Sequence[LigneBareme], groupe: str, annees: int | None, jour: datetime.date
) -> LigneBareme | None:
    """Return the row of a group on a day: the lowest bound above the years of service.

    The scale in force is the last that began; before the first of all, the first. Without known years a scale
    that counts them does not answer.
    """
    siennes = [ligne for ligne in bareme if ligne.groupe == groupe]
    effets = sorted({ligne.date_effet for ligne in siennes})
    if not effets:
        return None
    effet = next((e for e in reversed(effets) if e <= jour), effets[0])
    bornees = sorted(
        (ligne for ligne in siennes if ligne.date_effet == effet),
        key=lambda ligne: (ligne.moins_de is None, ligne.moins_de or 0),
    )
    if annees is None and len(bornees) > 1:
        return None
    return next((x for x in bornees if x.moins_de is None or (annees or 0) < x.moins_de), None)


def rights_on(faits: FaitsDroits, jour: datetime.date, bareme: Sequence[LigneBareme]) -> DroitsDuJour:
    """Return the rights of an agent on a day.

    Whoever is no civil servant has none in a trial period, nor without a career row on that day.
    """
    carriere = _open_on(faits.carrieres, jour)
    elu = is_elu(carriere.categorie) if carriere else faits.est_elu
    dit = statut_of(carriere.categorie) if carriere else None
    statut = str(dit or faits.statut)
    if elu:
        return DroitsDuJour(jour, SANS_DROITS, RaisonDroits.ELU)
    if not statut:
        return DroitsDuJour(jour, SANS_DROITS, RaisonDroits.STATUT_INCONNU)
    if statut != Statut.F:
        if carriere is None:
            return DroitsDuJour(jour, SANS_DROITS, RaisonDroits.SANS_CARRIERE, statut)
        if any(essai.debut <= jour <= essai.fin for essai in faits.essais):
            return DroitsDuJour(jour, SANS_DROITS, RaisonDroits.ESSAI, statut)
    annees = seniority(jour, faits.embauche, faits.hors_service)
    ligne = line_of(bareme, GROUPES[Statut(statut)], annees, jour)
    if ligne is None:
        raison = RaisonDroits.SANS_BAREME if annees is not None else RaisonDroits.SANS_EMBAUCHE
        return DroitsDuJour(jour, SANS_DROITS, raison, statut, annees)
    return DroitsDuJour(jour, ligne.droits, RaisonDroits.BAREME, statut, annees, ligne)


def _open_on(carrieres: Iterable[EtapeCarriere], jour: datetime.date) -> EtapeCarriere | None:
    """Return the row that holds this day, the one that began last when several do."""
    tenues = [c for c in carrieres if c.debut <= jour and (c.fin is None or jour <= c.fin)]
    return max(tenues, key=lambda c: c.debut, default=None)
