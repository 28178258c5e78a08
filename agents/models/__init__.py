"""The personnel file: structures, posts, agents, careers, absences."""

from agents.models.absences import Absence, TypeAbsence
from agents.models.agents import Affectation, Agent, RaisonSuivi
from agents.models.alertes import AlerteAbsence
from agents.models.alias import Alias
from agents.models.carrieres import Carriere, Contrat, PositionAdministrative, TypePosition
from agents.models.droits import DroitMaladie
from agents.models.exigences import ExigencePoste, TypeExigence
from agents.models.expositions import ExpositionPoste, TypeExposition
from agents.models.structures import Collectivite, HeuresTravaillees, Poste, Responsabilite, Site, Structure

__all__ = [
    "Absence",
    "Affectation",
    "Agent",
    "AlerteAbsence",
    "Alias",
    "Carriere",
    "Collectivite",
    "Contrat",
    "DroitMaladie",
    "ExigencePoste",
    "ExpositionPoste",
    "HeuresTravaillees",
    "PositionAdministrative",
    "Poste",
    "RaisonSuivi",
    "Responsabilite",
    "Site",
    "Structure",
    "TypeAbsence",
    "TypeExigence",
    "TypeExposition",
    "TypePosition",
]
