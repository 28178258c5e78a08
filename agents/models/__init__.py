"""The personnel file: structures, posts, agents, absences."""

from agents.models.absences import Absence, TypeAbsence
from agents.models.agents import Affectation, Agent, RaisonSuivi
from agents.models.alias import Alias
from agents.models.structures import Collectivite, HeuresTravaillees, Poste, Responsabilite, Site, Structure

__all__ = [
    "Absence",
    "Affectation",
    "Agent",
    "Alias",
    "Collectivite",
    "HeuresTravaillees",
    "Poste",
    "RaisonSuivi",
    "Responsabilite",
    "Site",
    "Structure",
    "TypeAbsence",
]
