"""Accounts, what surrounds them, and the journal."""

from nouvea_sst.comptes.models.acces import (
    AvisCompte,
    DemandeCompte,
    EssaiConnexion,
    FormulaireRecu,
    LienCompte,
    SaisieGardee,
    SessionCompte,
)
from nouvea_sst.comptes.models.comptes import Utilisateur
from nouvea_sst.comptes.models.corbeille import Retrait
from nouvea_sst.comptes.models.examens import ExamenConsultations, LigneExamen
from nouvea_sst.comptes.models.journal import LigneJournal, Sceau

__all__ = [
    "AvisCompte",
    "DemandeCompte",
    "EssaiConnexion",
    "ExamenConsultations",
    "FormulaireRecu",
    "LienCompte",
    "LigneExamen",
    "LigneJournal",
    "Retrait",
    "SaisieGardee",
    "Sceau",
    "SessionCompte",
    "Utilisateur",
]
