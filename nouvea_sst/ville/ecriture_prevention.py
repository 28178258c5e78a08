"""Writes the reports, accidents, actions and sessions of the demonstration city."""

import datetime
from collections import Counter
from typing import Any

from django.utils import timezone

from agents.models import Structure
from commissions.models import PointOrdreDuJour, Seance
from nouvea_sst.lib.affichage import start_of
from nouvea_sst.ville.lignes import LigneSignalement, Ville
from signalements.enums import EtatSignalement
from signalements.models import Accident, Action, Signalement

RESOLUS = {EtatSignalement.MESURES_PRISES, EtatSignalement.CLOS}
TRAITES = RESOLUS | {EtatSignalement.EN_TRAITEMENT}
DELAI_QUALIFICATION = datetime.timedelta(days=3)


class Numeros:
    """Numbers of records by year: S-2026-0001."""

    def __init__(self, prefixe: str) -> None:
        self.prefixe = prefixe
        self.faits: Counter[int] = Counter()

    def next(self, annee: int) -> str:
        """Return the next number of the year."""
        self.faits[annee] += 1
        return f"{self.prefixe}-{annee}-{self.faits[annee]:04d}"


def write_prevention(
    ville: Ville,
    agents: dict[str, int],
    absences: dict[tuple[str, datetime.date], int],
    structures: dict[str, Structure],
    comptes: dict[str, Any],
) -> None:
    """Write everything that the section follows besides people."""
    numeros = Numeros("S")
    Signalement.objects.bulk_create(
        [_signalement(ligne, numeros, structures, comptes) for ligne in ville.signalements], batch_size=2000
    )
    _write_accidents(ville, agents, absences, structures)
    numeros = Numeros("PA")
    Action.objects.bulk_create(
        [
            Action(
                numero=numeros.next(a.creee_le.year),
                intitule=a.intitule,
                origine=a.origine,
                structure=structures[a.structure],
                pilote=comptes[a.pilote],
                creee_le=a.creee_le,
                echeance=a.echeance,
                etat=a.etat,
                faite_le=a.faite_le,
                preuve=a.preuve,
            )
            for a in ville.actions
        ],
        batch_size=2000,
    )
    _write_seances(ville)


def _signalement(
    ligne: LigneSignalement, numeros: Numeros, structures: dict[str, Structure], comptes: dict[str, Any]
) -> Signalement:
    recu = timezone.make_aware(datetime.datetime.combine(ligne.survenu_le, ligne.heure))
    return Signalement(
        numero=numeros.next(ligne.survenu_le.year),
        declarant=None if ligne.anonyme else comptes[ligne.declarant],
        anonyme=ligne.anonyme,
        survenu_le=ligne.survenu_le,
        survenu_a=ligne.heure,
        structure=structures[ligne.structure],
        lieu=ligne.lieu,
        intitule=ligne.intitule,
        recit=ligne.recit,
        gravite=ligne.gravite,
        probabilite=ligne.probabilite,
        categorie=ligne.categorie,
        etat=ligne.etat,
        recu_le=start_of(ligne.survenu_le) if ligne.anonyme else recu + datetime.timedelta(minutes=25),
        qualifier_avant=ligne.survenu_le + DELAI_QUALIFICATION,
        pilote=comptes["preventeur"] if ligne.qualifie_le else None,
        qualifie_le=ligne.qualifie_le,
        commence_le=ligne.qualifie_le if ligne.etat in TRAITES else None,
        mesures="Mesure prise sur place" if ligne.etat in RESOLUS else "",
        mesures_le=(ligne.clos_le or ligne.qualifie_le) if ligne.etat in RESOLUS else None,
        clos_le=ligne.clos_le,
        conclusion=ligne.conclusion,
    )


def _write_accidents(
    ville: Ville,
    agents: dict[str, int],
    absences: dict[tuple[str, datetime.date], int],
    structures: dict[str, Structure],
) -> None:
    numeros = Numeros("AT")
    accidents = Accident.objects.bulk_create(
        [
            Accident(
                numero=numeros.next(a.date.year),
                agent_id=agents[a.matricule],
                nature=a.nature,
                date=a.date,
                heure=a.heure,
                declare_le=a.date,
                structure=structures[a.structure],
                lieu=a.lieu,
                circonstances=a.circonstances,
                benin=a.benin,
            )
            for a in ville.accidents
        ],
        batch_size=2000,
    )
    liens = Accident.absences.through
    liens.objects.bulk_create(
        liens(accident_id=accident.pk, absence_id=absences[(ligne.matricule, arret.debut)])
        for accident, ligne in zip(accidents, ville.accidents, strict=True)
        for arret in ligne.arrets
    )


def _write_seances(ville: Ville) -> None:
    seances = Seance.objects.bulk_create(
        Seance(numero=s.numero, date=s.date, heure=s.heure, lieu=s.lieu, etat=s.etat) for s in ville.seances
    )
    PointOrdreDuJour.objects.bulk_create(
        PointOrdreDuJour(seance=seance, ordre=ordre, intitule=intitule, rapporteur=rapporteur, nature=nature)
        for seance, ligne in zip(seances, ville.seances, strict=True)
        for ordre, (intitule, rapporteur, nature) in enumerate(ligne.points, start=1)
    )
