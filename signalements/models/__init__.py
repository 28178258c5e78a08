"""Reports, accidents and the actions that answer them, with the small lists that describe an accident."""

from signalements.models.dossiers import TROP_DE_JOURS, Accident, Action, Signalement
from signalements.models.listes import MaladieProfessionnelle, SiegeLesion, TypeAccident

__all__ = [
    "TROP_DE_JOURS",
    "Accident",
    "Action",
    "MaladieProfessionnelle",
    "SiegeLesion",
    "Signalement",
    "TypeAccident",
]
