"""Facts of a period as they were counted, before any rate."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from agents.enums import FamilleAbsence
from nouvea_sst.lib.dates import Periode
from reporting.rules.periodes import Heures, Mois, hours_in
from signalements.enums import NatureAccident
from visites.enums import EtatVisite


@dataclass(frozen=True)
class AccidentsDuJour:
    """First accidents of one day that count alike."""

    date: datetime.date
    nature: NatureAccident
    avec_arret: bool
    benin: bool
    nombre: int


@dataclass(frozen=True)
class VisitesDuJour:
    """Visits of one day, held or missed."""

    date: datetime.date
    etat: EtatVisite
    nombre: int


@dataclass(frozen=True)
class Faits:
    """What happened in one period."""

    periode: Periode
    effectif: int
    heures: Heures
    at_avec: int
    at_sans: int
    benins: int
    trajet: int
    jours_perdus: int
    jours_absence: Mapping[FamilleAbsence, Decimal]
    visites_realisees: int
    visites_manquees: int
    signalements: int
    actions_dues: int
    actions_a_temps: int

    @property
    def at_declares(self) -> int:
        """Declared accidents: those of the register of minor accidents left out."""
        return self.at_avec + self.at_sans - self.benins


@dataclass(frozen=True)
class Situation:
    """What is true on one day, whatever the period: due dates, open actions, reports that wait."""

    jour: datetime.date
    suivis: int
    a_jour: int
    en_retard: int
    jamais_vus: int
    actions_ouvertes: int
    actions_en_retard: int
    signalements_a_qualifier: int
    signalements_en_retard: int


@dataclass(frozen=True)
class Collecte:
    """Everything that the dashboard and the pack show, for a period and the same one a year before."""

    actuel: Faits
    avant: Faits
    situation: Situation
    accidents: Sequence[AccidentsDuJour]
    visites: Sequence[VisitesDuJour]
    heures: Mapping[Mois, Decimal]
    objectifs: Mapping[str, Decimal]

    @property
    def periode(self) -> Periode:
        """The period asked for."""
        return self.actuel.periode

    def accidents_in(self, periode: Periode, nature: NatureAccident, avec_arret: bool | None = None) -> int:
        """Count first accidents of a nature, with or without leave, or both."""
        return count_accidents(self.accidents, periode, nature, avec_arret)

    def heures_in(self, periode: Periode) -> Heures:
        """Hours worked in any period that the gathering covers."""
        return hours_in(periode, self.heures)

    def visites_in(self, periode: Periode, etat: EtatVisite = EtatVisite.REALISEE) -> int:
        """Count visits held, or missed, in a period."""
        return count_visites(self.visites, periode, etat)


def count_accidents(
    lignes: Sequence[AccidentsDuJour],
    periode: Periode,
    nature: NatureAccident,
    avec_arret: bool | None = None,
    benin: bool | None = None,
) -> int:
    """Count the accidents of the period that fit; None leaves a criterion open."""
    return sum(
        ligne.nombre
        for ligne in lignes
        if ligne.nature == nature
        and periode.debut <= ligne.date <= periode.fin
        and avec_arret in {None, ligne.avec_arret}
        and benin in {None, ligne.benin}
    )


def count_visites(lignes: Sequence[VisitesDuJour], periode: Periode, etat: EtatVisite) -> int:
    """Count the visits of the period in a state."""
    return sum(v.nombre for v in lignes if v.etat == etat and periode.debut <= v.date <= periode.fin)
