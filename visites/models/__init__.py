"""Rules, visits due with their proof, requests, visits, opinions and restrictions."""

from visites.models.brouillons import BrouillonConclusion
from visites.models.demandes import DemandeVisite
from visites.models.echanges import (
    Accompagnement,
    Echange,
    EtapeEchange,
    MembreAccompagnement,
    PartageEchange,
    PieceEchange,
    VersionEchange,
)
from visites.models.engagements import Engagement
from visites.models.essais import EssaiRegle
from visites.models.lexique import MotClinique, MotConfirme
from visites.models.liens import LienReponse
from visites.models.listes import (
    MedecinRepris,
    Motif,
    MotifExcuse,
    Orientation,
    Recommandation,
    TypeInaptitude,
    TypeRestriction,
)
from visites.models.notes import (
    NotePsychologue,
    NoteSoignant,
    PartageNotePsychologue,
    PartageNoteSoignant,
    PieceNotePsychologue,
    PieceNoteSoignant,
    VersionNotePsychologue,
    VersionNoteSoignant,
    family_of,
    notes_for,
)
from visites.models.planning import AbsenceProfessionnel, CreneauOccupe, DemiJournee
from visites.models.suivi import RegleVisite, Suivi, VisiteDue
from visites.models.versions import ConclusionCorrigee
from visites.models.visites import Restriction, Visite

__all__ = [
    "Accompagnement",
    "Echange",
    "EtapeEchange",
    "MembreAccompagnement",
    "PartageEchange",
    "PieceEchange",
    "VersionEchange",
    "AbsenceProfessionnel",
    "BrouillonConclusion",
    "ConclusionCorrigee",
    "CreneauOccupe",
    "DemandeVisite",
    "DemiJournee",
    "Engagement",
    "EssaiRegle",
    "LienReponse",
    "MedecinRepris",
    "MotClinique",
    "MotConfirme",
    "Motif",
    "MotifExcuse",
    "Recommandation",
    "NotePsychologue",
    "Orientation",
    "NoteSoignant",
    "PartageNotePsychologue",
    "PartageNoteSoignant",
    "PieceNotePsychologue",
    "PieceNoteSoignant",
    "RegleVisite",
    "Restriction",
    "Suivi",
    "TypeInaptitude",
    "TypeRestriction",
    "VersionNotePsychologue",
    "VersionNoteSoignant",
    "Visite",
    "VisiteDue",
    "family_of",
    "notes_for",
]
