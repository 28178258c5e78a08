"""A few lives of the season: every rule of visits has something to say, in a city of any size.

Chance alone would leave a small city without an end of long leave, a request or a return from far away. A
story takes one agent: from its first day on, nothing else happens to him.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random

from nouvea_sst.ville.calendrier import Calendrier, days
from nouvea_sst.ville.lignes import LigneAbsence, LigneAgent, LigneDemande

MALADIE, PRENATAL, CLD, CLM, ACCIDENT = 81, 82, 75, 76, 77
DISPONIBILITE = "53"
AGENTS_PAR_HISTOIRE = 300
AN = 365
SIX_MOIS = 182


@dataclass
class Histoire:
    """What happens to one agent since a day: absences, a position, appointments missed, a request."""

    depuis: datetime.date
    absences: list[LigneAbsence] = field(default_factory=list)
    position: tuple[datetime.date, datetime.date] | None = None
    manquees: list[tuple[str, datetime.date]] = field(default_factory=list)
    tenue: tuple[str, datetime.date, int | None] | None = None
    jamais_vu: bool = False
    demande: LigneDemande | None = None


class Histoires:
    """The stories of a city, by matricule."""

    def __init__(self, *, graine: int, calendrier: Calendrier, agents: Iterable[LigneAgent]) -> None:
        self.jour, self.calendrier = calendrier.jour, calendrier
        presents = [a for a in agents if a.date_depart is None and not a.est_elu]
        hasard = Random(f"{graine}/histoires")  # noqa: S311 (a story, not a secret)
        hasard.shuffle(presents)
        fois = max(1, round(len(presents) / AGENTS_PAR_HISTOIRE))
        self.par_matricule: dict[str, Histoire] = {}
        for rang in range(fois):
            for raconter, convient in self._kinds():
                self._tell(raconter, convient, presents, rang)

    def of(self, agent: LigneAgent) -> Histoire | None:
        """The story of an agent, if he has one."""
        return self.par_matricule.get(agent.matricule)

    def requests(self) -> list[LigneDemande]:
        """The requests of all the stories."""
        return [h.demande for h in self.par_matricule.values() if h.demande is not None]

    def _kinds(self) -> list[tuple[Callable[[str, int], Histoire], Callable[[LigneAgent], bool]]]:
        """Each kind of story, and whom it may happen to."""
        ancien = self._hired_before(6)
        return [
            (self._away, ancien),
            (self._accident, ancien),
            (lambda m, n: self._leaves(m, n, CLD, 3), ancien),
            (lambda m, n: self._leaves(m, n, CLM, 2), ancien),
            (lambda m, n: self._sick(m, n, 120), ancien),
            (lambda m, n: self._sick(m, n, 42), ancien),
            (self._maternity, lambda a: a.sexe == "F" and self._hired_before(3)(a)),
            (self._still_away, ancien),
            (self._never_seen, self._hired_before(18)),
            (self._never_seen, lambda a: a.date_embauche > self.jour - days(AN // 2)),
            (self._seen_again_soon, ancien),
            (self._missed, ancien),
            (self._missed_twice, ancien),
            (self._missed_request, ancien),
            (lambda m, n: self._asked(m, n, "agent", "deposee"), ancien),
            (lambda m, n: self._asked(m, n, "service", "deposee"), ancien),
            (lambda m, n: self._asked(m, n, "medecin", "retenue"), ancien),
            (lambda m, n: self._asked(m, n, "agent", "refusee"), ancien),
            (self._served, ancien),
        ]

    def _hired_before(self, annees: int) -> Callable[[LigneAgent], bool]:
        return lambda agent: agent.date_embauche < self.jour - days(annees * AN)

    def _tell(
        self,
        raconter: Callable[[str, int], Histoire],
        convient: Callable[[LigneAgent], bool],
        presents: list[LigneAgent],
        rang: int,
    ) -> None:
        """Give the story to the first agent whom it suits and who has none."""
        libres = (a for a in presents if a.matricule not in self.par_matricule and convient(a))
        agent = next(libres, None)
        if agent is not None:
            self.par_matricule[agent.matricule] = raconter(agent.matricule, rang)

    def _away(self, matricule: str, rang: int) -> Histoire:
        """Available without pay for more than a year, back lately or soon."""
        fin = self.jour + days((-18, 12, -40, 25)[rang % 4])
        return Histoire(fin - days(420), position=(fin - days(420), fin))

    def _accident(self, matricule: str, rang: int) -> Histoire:
        """More than fifteen days of leave after an accident, over and not yet seen."""
        fin = self.jour - days(4 + rang % 9)
        debut = fin - days(23)
        arret = LigneAbsence(matricule, ACCIDENT, debut, fin, date_accident=debut - days(1))
        return Histoire(debut - days(1), [arret])

    def _leaves(self, matricule: str, rang: int, genre: int, nombre: int) -> Histoire:
        """Long leaves by six-month decisions, over lately."""
        fin = self.jour - days(6 + rang % 12)
        absences: list[LigneAbsence] = []
        for _ in range(nombre):
            debut = fin - days(SIX_MOIS)
            absences.insert(0, LigneAbsence(matricule, genre, debut, fin))
            fin = debut - days(1)
        return Histoire(absences[0].debut, absences)

    def _sick(self, matricule: str, rang: int, duree: int) -> Histoire:
        fin = self.jour - days(5 + rang % 12)
        arret = LigneAbsence(matricule, MALADIE, fin - days(duree - 1), fin)
        return Histoire(arret.debut, [arret])

    def _maternity(self, matricule: str, rang: int) -> Histoire:
        fin = self.jour - days(9 + rang % 9)
        arret = LigneAbsence(matricule, PRENATAL, fin - days(90), fin)
        return Histoire(arret.debut, [arret])

    def _still_away(self, matricule: str, rang: int) -> Histoire:
        """A long absence whose end is near: the visit before the return is to be proposed."""
        arret = LigneAbsence(matricule, MALADIE, self.jour - days(100), self.jour + days(10 + rang % 12))
        return Histoire(arret.debut, [arret])

    def _never_seen(self, matricule: str, rang: int) -> Histoire:
        return Histoire(self.jour, jamais_vu=True)

    def _seen_again_soon(self, matricule: str, rang: int) -> Histoire:
        """Seen by a doctor who wishes to see him again after three months."""
        jour = self.calendrier.working(self.jour - days(100 - rang % 20))
        return Histoire(jour, tenue=("periodique", jour, 3))

    def _missed(self, matricule: str, rang: int) -> Histoire:
        """An appointment that was missed and that no rule asks for again."""
        jour = self.calendrier.working(self.jour - days(30 - rang % 10))
        return Histoire(self.jour - days(75), manquees=[("demande_agent", jour)])

    def _missed_twice(self, matricule: str, rang: int) -> Histoire:
        jours = [self.calendrier.working(self.jour - days(avant - rang % 10)) for avant in (60, 25)]
        return Histoire(self.jour - days(75), manquees=[("periodique", jour) for jour in jours])

    def _missed_request(self, matricule: str, rang: int) -> Histoire:
        """A visit that the service asked for, that was kept, placed and missed."""
        histoire = self._asked(matricule, rang, "service", "retenue", 50)
        histoire.manquees = [("demande_service", self.calendrier.working(self.jour - days(20 - rang % 10)))]
        return histoire

    def _served(self, matricule: str, rang: int) -> Histoire:
        histoire = self._asked(matricule, rang, "service", "satisfaite", 50)
        histoire.tenue = ("demande_service", self.calendrier.working(self.jour - days(20)), None)
        return histoire

    def _asked(self, matricule: str, rang: int, origine: str, etat: str, avant: int = 3) -> Histoire:
        jour = self.jour - days(avant + rang % 8)
        return Histoire(jour, demande=LigneDemande(matricule, origine, etat, jour))
