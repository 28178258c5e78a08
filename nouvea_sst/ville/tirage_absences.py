"""Draws absences and accidents, agent by agent, without overlap."""

import datetime
from dataclasses import replace
from random import Random

from nouvea_sst.lib.dates import years_between
from nouvea_sst.ville.calendrier import Calendrier, days
from nouvea_sst.ville.histoires import Histoire, Histoires
from nouvea_sst.ville.lignes import LigneAbsence, LigneAccident, LigneAgent

MALADIE, HOSPITALISATION, CONVALESCENCE, EVASAN, LONGUE_MALADIE, ACCIDENT, RECHUTE, ENFANT, PRENATAL = (
    81,
    71,
    72,
    73,
    76,
    77,
    78,
    80,
    82,
)
AVANT_HISTOIRE = 40  # days without anything before a story, so that no chain joins it
ACCIDENTS_PAR_AN = 0.027
CIRCONSTANCES = (
    ("Chute de plain-pied sur un sol mouillé", "couloir"),
    ("Faux mouvement en soulevant un carton", "réserve"),
    ("Choc du pied contre une marche", "entrée"),
    ("Coupure à la main avec un outil", "local technique"),
    ("Chute en descendant d’un véhicule", "cour"),
    ("Poussière dans l’œil", "cour"),
    ("Altercation avec un usager", "accueil"),
    ("Doigt coincé dans une porte", "vestiaire"),
    ("Glissade dans un escalier", "escalier"),
    ("Piqûre de guêpes", "abords"),
    ("Port d’une charge trop lourde", "réserve"),
    ("Chute d’un outil sur le pied", "local technique"),
)


class TirageAbsences:
    """The absences and accidents of the whole city."""

    def __init__(self, *, graine: int, calendrier: Calendrier, histoires: Histoires) -> None:
        self.hasard = Random(f"{graine}/absences")  # noqa: S311 (a story, not a secret)
        self.suites = Random(f"{graine}/rechutes")  # noqa: S311
        self.constats = Random(f"{graine}/sans arrêt")  # noqa: S311
        self.calendrier = calendrier
        self.histoires = histoires
        self.accidents: list[LigneAccident] = []
        self.a_bout_de_droits = False

    def draw(self, agents: list[LigneAgent]) -> list[LigneAbsence]:
        """Return absences by agent and date; accidents gather beside them."""
        absences = [absence for agent in agents for absence in self.of_agent(agent)]
        self.accidents.sort(key=lambda a: (a.date, a.matricule))
        return absences

    def of_agent(self, agent: LigneAgent) -> list[LigneAbsence]:
        """Return the absences of one agent, by date; agents come one after the other, each once."""
        if agent.est_elu:
            return []
        hasard, fin = self.hasard, agent.date_depart or self.calendrier.jour
        libre = max(self.calendrier.debut, agent.date_embauche)
        fragilite = hasard.gammavariate(1.1, 0.9) + 0.08
        tirees: list[LigneAbsence] = []
        while True:
            attente_maladie = hasard.expovariate(1.15 * fragilite / 365)
            attente_accident = hasard.expovariate(max(ACCIDENTS_PAR_AN * agent.risque, 1e-6) / 365)
            debut = libre + days(1 + min(attente_maladie, attente_accident))
            if debut > fin:
                histoire = self.histoires.of(agent)
                if histoire is not None:
                    return self._follow_story(agent, tirees, histoire)
                return tirees + self._end_of_rights(agent, tirees)
            if attente_accident < attente_maladie:
                suite = self._accident(agent, debut, fin)
            else:
                suite = self._before_departure(agent, self._illness(agent, debut))
            tirees += suite
            libre = suite[-1].fin if suite else debut

    def _follow_story(
        self, agent: LigneAgent, tirees: list[LigneAbsence], histoire: Histoire
    ) -> list[LigneAbsence]:
        """Keep what ended before the story, with its accidents, then follow it."""
        coupure = histoire.depuis - days(AVANT_HISTOIRE)
        siens = [a for a in self.accidents if a.matricule == agent.matricule]
        for accident in siens:
            self.accidents.remove(accident)
            arrets = tuple(a for a in accident.arrets if a.fin < coupure)
            if accident.date < coupure and (arrets or not accident.arrets):
                self.accidents.append(replace(accident, arrets=arrets))
        gardes = [a for a in tirees if a.fin < coupure]
        for arret in histoire.absences:
            if arret.date_accident is not None:
                self.accidents.append(self._accident_of(agent, arret))
        return gardes + histoire.absences

    def _accident_of(self, agent: LigneAgent, arret: LigneAbsence) -> LigneAccident:
        """The accident of a story."""
        recit, lieu = CIRCONSTANCES[0]
        return LigneAccident(
            matricule=agent.matricule,
            nature="service",
            date=arret.debut - days(1),
            heure=datetime.time(8),
            lieu=f"{agent.site}, {lieu}",
            circonstances=recit,
            structure=agent.structure,
            benin=False,
            arrets=(arret,),
        )

    def _end_of_rights(self, agent: LigneAgent, tirees: list[LigneAbsence]) -> list[LigneAbsence]:
        """One agent of the city is on a stop that ends his half pay; too rare for chance in a small city."""
        jour = self.calendrier.jour
        annees = years_between(agent.date_embauche, jour)
        libre = not tirees or tirees[-1].fin < jour - days(60)
        if self.a_bout_de_droits or agent.statut == "F" or agent.date_depart or annees not in {1, 2}:
            return []
        if not libre:
            return []
        self.a_bout_de_droits = True
        return [LigneAbsence(agent.matricule, MALADIE, jour - days(49), jour + days(12))]

    def _accident(self, agent: LigneAgent, date: datetime.date, fin: datetime.date) -> list[LigneAbsence]:
        hasard = self.hasard
        recit, lieu = hasard.choice(CIRCONSTANCES)
        trajet, avec_arret = hasard.random() < 0.10, hasard.random() < 0.62
        arrets: list[LigneAbsence] = []
        if avec_arret and date < fin:
            duree = min(240, max(1, int(hasard.lognormvariate(2.3, 0.9))))
            reprise = min(date + days(duree), agent.date_depart or datetime.date.max)
            arret = LigneAbsence(agent.matricule, ACCIDENT, date + days(1), reprise, date_accident=date)
            arrets = self._before_departure(agent, [arret, *self._follow(arret, fin)])
        self.accidents.append(
            LigneAccident(
                matricule=agent.matricule,
                nature="trajet" if trajet else "service",
                date=date,
                heure=datetime.time(
                    hasard.choice((6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 13, 14, 15)),
                    hasard.choice((0, 10, 20, 30, 40, 50)),
                ),
                lieu="Trajet entre domicile et travail" if trajet else f"{agent.site}, {lieu}",
                circonstances="Chute à deux-roues" if trajet else recit,
                structure=agent.structure,
                benin=not avec_arret and hasard.random() < 0.3,
                arrets=tuple(arrets),
            )
        )
        return arrets or self._without_leave(agent, date)

    def _without_leave(self, agent: LigneAgent, date: datetime.date) -> list[LigneAbsence]:
        """The payroll knows of half the accidents that kept nobody away: a row of one day, without leave."""
        if self.constats.random() < 0.5:
            return []
        return [LigneAbsence(agent.matricule, ACCIDENT, date, date, date_accident=date, sans_arret=True)]

    def _follow(self, arret: LigneAbsence, fin: datetime.date) -> list[LigneAbsence]:
        """Return what comes from an accident: a certificate that goes on, a relapse months later."""
        hasard, suites = self.suites, []
        derniere = arret.fin
        if hasard.random() < 0.22:
            duree = days(hasard.randint(4, 20))
            suites.append(replace(arret, debut=derniere + days(1), fin=derniere + duree, prolongation=True))
            derniere = suites[-1].fin
        debut = derniere + days(hasard.randint(20, 240))
        if hasard.random() < 0.12 and debut <= fin:
            suites.append(replace(arret, type=RECHUTE, debut=debut, fin=debut + days(hasard.randint(2, 25))))
        return [replace(suite, date_accident=None, accident=arret.debut) for suite in suites]

    def _illness(self, agent: LigneAgent, debut: datetime.date) -> list[LigneAbsence]:
        hasard = self.hasard
        sort = hasard.random()
        if sort < 0.010:
            return self._long_leave(agent, debut)
        if sort < 0.14:
            return [LigneAbsence(agent.matricule, ENFANT, debut, debut + days(hasard.randint(0, 2)))]
        if agent.sexe == "F" and sort < 0.165 and self._age(agent, debut) < 43:
            return [LigneAbsence(agent.matricule, PRENATAL, debut, debut + days(hasard.randint(13, 60)))]
        if sort < 0.20:
            sejour = debut + days(hasard.randint(1, 9))
            suite = LigneAbsence(
                agent.matricule, CONVALESCENCE, sejour + days(1), sejour + days(hasard.randint(8, 40))
            )
            return [LigneAbsence(agent.matricule, HOSPITALISATION, debut, sejour), suite]
        if sort < 0.21:
            return [LigneAbsence(agent.matricule, EVASAN, debut, debut + days(hasard.randint(6, 30)))]
        arret = LigneAbsence(
            agent.matricule, MALADIE, debut, debut + days(min(60, hasard.lognormvariate(1.5, 0.9)))
        )
        suites = [arret]
        while hasard.random() < 0.24 and len(suites) < 5:
            suivant = suites[-1].fin + days(1)
            suites.append(
                LigneAbsence(agent.matricule, MALADIE, suivant, suivant + days(hasard.randint(4, 29)))
            )
        return suites

    def _long_leave(self, agent: LigneAgent, debut: datetime.date) -> list[LigneAbsence]:
        """Ordinary sickness, then months of long sick leave by six-month decisions."""
        suites = [LigneAbsence(agent.matricule, MALADIE, debut, debut + days(self.hasard.randint(29, 89)))]
        for _ in range(self.hasard.randint(1, 4)):
            suivant = suites[-1].fin + days(1)
            suites.append(LigneAbsence(agent.matricule, LONGUE_MALADIE, suivant, suivant + days(182)))
            if suivant > self.calendrier.jour:
                break
        return suites

    @staticmethod
    def _before_departure(agent: LigneAgent, absences: list[LigneAbsence]) -> list[LigneAbsence]:
        """Nobody is absent after having left."""
        limite = agent.date_depart or datetime.date.max
        return [replace(a, fin=min(a.fin, limite)) for a in absences if a.debut <= limite]

    @staticmethod
    def _age(agent: LigneAgent, jour: datetime.date) -> int:
        return (jour - agent.date_naissance).days // 365
