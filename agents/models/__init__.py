"""The personnel file: structures, posts, agents, absences."""

from agents.models.absences import Absence, TypeAbsence
from agents.models.agents import Affectation, Agent, RaisonSuivi
from agents.models.structures import Collectivite, HeuresTravaillees, Poste, Responsabilite, Site, Structure

__all__ = [
    "Absence",
    "Affectation",
    "Agent",
    "Collectivite",
    "HeuresTravaillees",
    "Poste",
    "RaisonSuivi",
    "Responsabilite",
    "Site",
    "Structure",
    "TypeAbsence",
]
