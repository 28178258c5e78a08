"""The personnel file: structures, posts, agents, careers, absences."""

from agents.models.absences import Absence, TypeAbsence
from agents.models.agents import Affectation, Agent, RaisonSuivi
from agents.models.alias import Alias
from agents.models.carrieres import Carriere, Contrat, PositionAdministrative, TypePosition
from agents.models.structures import Collectivite, HeuresTravaillees, Poste, Responsabilite, Site, Structure

__all__ = [
    "Absence",
    "Affectation",
    "Agent",
    "Alias",
    "Carriere",
    "Collectivite",
    "Contrat",
    "HeuresTravaillees",
    "PositionAdministrative",
    "Poste",
    "RaisonSuivi",
    "Responsabilite",
    "Site",
    "Structure",
    "TypeAbsence",
    "TypePosition",
]
