"""Draws the whole city: same seed and same day, same city."""

import datetime

from nouvea_sst.ville.calendrier import Calendrier
from nouvea_sst.ville.histoires import Histoires
from nouvea_sst.ville.lignes import LigneAbsence, Ville
from nouvea_sst.ville.tirage_absences import TirageAbsences
from nouvea_sst.ville.tirage_agents import TirageAgents
from nouvea_sst.ville.tirage_carrieres import TirageCarrieres
from nouvea_sst.ville.tirage_prevention import TiragePrevention
from nouvea_sst.ville.tirage_visites import TirageVisites


def draw_city(*, jour: datetime.date, nombre: int, annees: int, graine: int) -> Ville:
    """Return the plain rows of a city: `nombre` agents present on `jour`, `annees` whole years behind."""
    calendrier = Calendrier(jour, annees)
    ville = Ville(jour)
    tirage = TirageAgents(graine=graine, nombre=nombre, calendrier=calendrier, annees=annees)
    ville.structures = tirage.structures
    ville.agents = tirage.draw()
    histoires = Histoires(graine=graine, calendrier=calendrier, agents=ville.agents)
    absences = TirageAbsences(graine=graine, calendrier=calendrier, histoires=histoires)
    ville.absences = absences.draw(ville.agents)
    _draw_careers(ville, TirageCarrieres(graine=graine, calendrier=calendrier, histoires=histoires))
    ville.accidents = absences.accidents
    visites = TirageVisites(graine=graine, calendrier=calendrier, histoires=histoires)
    ville.visites = visites.draw(ville.agents, ville.absences)
    ville.demandes = histoires.requests()
    prevention = TiragePrevention(graine=graine, calendrier=calendrier, agents=ville.agents)
    ville.signalements = prevention.draw_signalements()
    ville.actions = prevention.draw_actions()
    ville.seances = prevention.draw_seances()
    ville.heures = prevention.draw_hours()
    return ville


def _draw_careers(ville: Ville, tirage: TirageCarrieres) -> None:
    """Draw what the payroll says of each agent, by agent."""
    siennes: dict[str, list[LigneAbsence]] = {}
    for absence in ville.absences:
        siennes.setdefault(absence.matricule, []).append(absence)
    for agent in ville.agents:
        ville.carrieres += tirage.careers_of(agent)
        ville.positions += tirage.positions_of(agent, siennes.get(agent.matricule, []))
        ville.contrats += tirage.contracts_of(agent)
