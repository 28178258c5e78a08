"""Draws what the payroll says of each agent: career, administrative positions, contracts."""

import datetime
from itertools import zip_longest
from random import Random

from nouvea_sst.lib.dates import add_months, years_between
from nouvea_sst.ville.calendrier import Calendrier, days
from nouvea_sst.ville.histoires import CLD, DISPONIBILITE, Histoires
from nouvea_sst.ville.lignes import LigneAbsence, LigneAgent, LigneCarriere, LigneContrat, LignePosition
from nouvea_sst.ville.tirage_absences import ACCIDENT, LONGUE_MALADIE, RECHUTE

ACTIVITE, LONGUE_DUREE, LONGUE, ACCIDENTE = "01", "30", "35", "41"
POSITIONS = {CLD: LONGUE_DUREE, LONGUE_MALADIE: LONGUE, ACCIDENT: ACCIDENTE, RECHUTE: ACCIDENTE}
RETRAITE, DEMISSION, FIN_DE_CONTRAT = "RT", "DE", "FC"
AGE_RETRAITE = 55
STAGIAIRES = {1: 2, 20: 18}
TRIENNAL = 3 * 365
# Code, name, level, branch; weights as of a city whose posts are mostly of execution.
GRADES = (
    ("ATT", "Attaché", "A", "ADM", 4),
    ("REDA", "Rédacteur", "B", "ADM", 8),
    ("ADJA", "Adjoint administratif", "C", "ADM", 22),
    ("ING", "Ingénieur", "A", "TEC", 3),
    ("TECH", "Technicien", "B", "TEC", 9),
    ("ADJT", "Adjoint technique", "C", "TEC", 34),
    ("AGT", "Agent technique", "D", "TEC", 20),
)


class TirageCarrieres:
    """The careers, positions and contracts of the whole city."""

    def __init__(self, *, graine: int, calendrier: Calendrier, histoires: Histoires) -> None:
        self.hasard = Random(f"{graine}/carrieres")  # noqa: S311 (a story, not a secret)
        self.calendrier = calendrier
        self.histoires = histoires

    def careers_of(self, agent: LigneAgent) -> list[LigneCarriere]:
        """Return the career of one agent: a year as a trainee, then his category; agents come in turn."""
        if agent.est_elu:
            return [LigneCarriere(agent.matricule, agent.date_embauche, None, agent.code_categorie)]
        *grade, _ = self.hasard.choices(GRADES, weights=[g[-1] for g in GRADES])[0]
        debuts = [(agent.date_embauche, agent.code_categorie)]
        stage = STAGIAIRES.get(agent.code_categorie)
        titulaire = add_months(agent.date_embauche, 12)
        if stage and titulaire <= (agent.date_depart or self.calendrier.jour):
            debuts = [(agent.date_embauche, stage), (titulaire, agent.code_categorie)]
        fins = [suivant - days(1) for suivant, _ in debuts[1:]] + [agent.date_depart]
        return [
            LigneCarriere(agent.matricule, debut, fin, categorie, *grade)
            for (debut, categorie), fin in zip(debuts, fins, strict=True)
        ]

    def positions_of(self, agent: LigneAgent, absences: list[LigneAbsence]) -> list[LignePosition]:
        """Return the positions of one agent: at his post but for his long leaves and accidents, then gone."""
        if agent.est_elu:
            return []
        debuts = [(agent.date_embauche, ACTIVITE)]
        for absence in absences:
            code = POSITIONS.get(absence.type)
            if code is None:
                continue
            if debuts[-1] == (absence.debut, ACTIVITE):
                debuts.pop()
            if not debuts or debuts[-1][1] != code:
                debuts.append((absence.debut, code))
            debuts.append((absence.fin + days(1), ACTIVITE))
        histoire = self.histoires.of(agent)
        if histoire is not None and histoire.position is not None:
            depart, retour = histoire.position
            debuts += [(depart, DISPONIBILITE), (retour + days(1), ACTIVITE)]
        if agent.date_depart:
            debuts = [d for d in debuts if d[0] <= agent.date_depart]
            debuts.append((agent.date_depart + days(1), self._why_gone(agent, agent.date_depart)))
        fins = [suivant - days(1) for suivant, _ in debuts[1:]]
        return [
            LignePosition(agent.matricule, code, debut, fin)
            for (debut, code), fin in zip_longest(debuts, fins)
        ]

    @staticmethod
    def _why_gone(agent: LigneAgent, depart: datetime.date) -> str:
        if years_between(agent.date_naissance, depart) >= AGE_RETRAITE:
            return RETRAITE
        return DEMISSION if agent.statut == "F" else FIN_DE_CONTRAT

    def contracts_of(self, agent: LigneAgent) -> list[LigneContrat]:
        """Return the contract of one agent who is no civil servant: fixed-term only for short stays."""
        if agent.est_elu or agent.statut == "F":
            return []
        debut, fin = agent.date_embauche, agent.date_depart
        duree = (fin or self.calendrier.jour) - debut
        if duree.days > TRIENNAL or self.hasard.random() < 0.6:
            return [LigneContrat(agent.matricule, "cdi", debut, fin, self._within(debut, 3, fin))]
        terme = fin or self.calendrier.jour + days(self.hasard.randint(30, 360))
        return [LigneContrat(agent.matricule, "cdd", debut, terme, self._within(debut, 1, terme))]

    @staticmethod
    def _within(debut: datetime.date, mois: int, fin: datetime.date | None) -> datetime.date:
        """Last day of a trial period of some months that ends with the contract at the latest."""
        return min(add_months(debut, mois) - days(1), fin or datetime.date.max)
