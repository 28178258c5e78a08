"""Draws the visits that were held, those that are placed, and those that were missed."""

import datetime
from random import Random

from nouvea_sst.lib.dates import add_months
from nouvea_sst.ville.calendrier import Calendrier, days
from nouvea_sst.ville.histoires import Histoire, Histoires
from nouvea_sst.ville.lignes import LigneAbsence, LigneAgent, LigneRestriction, LigneVisite

PERIODES = {"simple": 60, "simple.F": 24, "adapte": 36, "renforce": 48}
MESURES = (
    ("Port de charges limité", "10 kg"),
    ("Port de charges limité", "15 kg"),
    ("Pas de gestes répétitifs", "bras au-dessus des épaules"),
    ("Pas de travail en hauteur", ""),
    ("Pas de station debout prolongée", "plus de deux heures"),
    ("Pas d’exposition au bruit", ""),
    ("Pas de travail isolé", ""),
    ("Aménagement matériel", "siège réglable"),
    ("Pas d’exposition au soleil ou à la chaleur", "de 10 h à 15 h"),
)
CONCLUSIONS = (("apte", 84), ("amenagement", 12), ("inapte_temporaire", 2), ("differe", 2))
DEMI_JOURNEES = 6
NON_VENUS = 6
# Some of those hired in the last days of the story were never called.
RECENT, JAMAIS_VUS = 700, 0.09
CRENEAUX = [datetime.time(h, m) for h in range(7, 16) for m in (0, 15, 30, 45)]
MATINEE = CRENEAUX[4:12]
MOTIFS_REPRISE = {77: "reprise_accident", 78: "reprise_accident", 76: "reprise_longue_maladie"}


class TirageVisites:
    """The visits of the whole city."""

    def __init__(self, *, graine: int, calendrier: Calendrier, histoires: Histoires) -> None:
        self.hasard = Random(f"{graine}/visites")  # noqa: S311 (a story, not a secret)
        self.calendrier = calendrier
        self.histoires = histoires
        self.dues: list[tuple[datetime.date, LigneAgent]] = []
        self.pris: dict[tuple[str, datetime.date], set[datetime.time]] = {}

    def draw(self, agents: list[LigneAgent], absences: list[LigneAbsence]) -> list[LigneVisite]:
        """Return visits by agent, then the half-days of the coming weeks."""
        siennes: dict[str, list[LigneAbsence]] = {}
        for absence in absences:
            siennes.setdefault(absence.matricule, []).append(absence)
        tenues = [v for agent in agents for v in self.of_agent(agent, siennes.get(agent.matricule, []))]
        return tenues + self.placed()

    def of_agent(self, agent: LigneAgent, absences: list[LigneAbsence]) -> list[LigneVisite]:
        """Return the visits that one agent had; agents come one after the other, each once."""
        if agent.est_elu:
            return []
        visites = self._held(agent, self._returns(absences))
        histoire = self.histoires.of(agent)
        return visites if histoire is None else self._follow_story(agent, visites, histoire)

    def _follow_story(
        self, agent: LigneAgent, visites: list[LigneVisite], histoire: Histoire
    ) -> list[LigneVisite]:
        """Keep the visits from before the story, then those that it tells; none is placed for it yet."""
        self.dues = [due for due in self.dues if due[1] is not agent]
        if histoire.jamais_vu:
            return []
        gardees = [v for v in visites if v.date < histoire.depuis]
        gardees += [self._missed(agent, motif, jour) for motif, jour in histoire.manquees]
        if histoire.tenue is not None:
            motif, jour, validite = histoire.tenue
            gardees.append(
                LigneVisite(
                    matricule=agent.matricule,
                    motif=motif,
                    nature="examen",
                    etat="realisee",
                    date=jour,
                    heure=self._slot("medecin", jour, CRENEAUX),
                    professionnel="medecin",
                    conclusion="differe" if validite else "apte",
                    validite_mois=validite,
                    prochaine=add_months(jour, validite) if validite else None,
                )
            )
        return gardees

    def _returns(self, absences: list[LigneAbsence]) -> list[tuple[datetime.date, str]]:
        """Return the days of return of an agent from leaves that ask for a visit."""
        retours: list[tuple[datetime.date, str]] = []
        chaine_debut: datetime.date | None = None
        for rang, absence in enumerate(absences):
            suivante = absences[rang + 1] if rang + 1 < len(absences) else None
            chaine_debut = chaine_debut or absence.debut
            if suivante and suivante.debut == absence.fin + days(1):
                continue
            duree = (absence.fin - chaine_debut).days + 1
            motif = MOTIFS_REPRISE.get(absence.type, "reprise_maladie")
            if duree > (
                15 if motif == "reprise_accident" else 30
            ) and absence.fin < self.calendrier.jour - days(12):
                retours.append((absence.fin, motif))
            chaine_debut = None
        return retours

    def _held(self, agent: LigneAgent, reprises: list[tuple[datetime.date, str]]) -> list[LigneVisite]:
        hasard, fin = self.hasard, agent.date_depart or self.calendrier.jour - days(1)
        mois = PERIODES["simple.F" if agent.suivi == "simple" and agent.statut == "F" else agent.suivi]
        recent = agent.date_embauche > self.calendrier.jour - days(RECENT)
        if hasard.random() < JAMAIS_VUS and recent:
            return []
        visites: list[LigneVisite] = []
        motif = "nouvel_arrivant"
        prevue = agent.date_embauche + days(hasard.randint(2, 85))
        if prevue < self.calendrier.debut:
            motif = "periodique"
            prevue = self.calendrier.debut + days(hasard.randint(-mois * 15, mois * 30))
        while True:
            tenue = self.calendrier.working(prevue)
            while reprises and reprises[0][0] < tenue:
                retour, motif_reprise = reprises.pop(0)
                jour_reprise = self.calendrier.working(retour + days(hasard.randint(1, 8)))
                if self.calendrier.debut <= jour_reprise < fin and hasard.random() < 0.8:
                    visites.append(self._conclude(agent, motif_reprise, jour_reprise, mois))
            if tenue >= fin:
                if agent.date_depart is None and prevue < self.calendrier.jour + days(40):
                    self.dues.append((prevue, agent))
                return visites
            if hasard.random() < 0.05 and tenue + days(60) < fin:
                visites.append(self._missed(agent, motif, tenue))
                tenue = self.calendrier.working(tenue + days(hasard.randint(14, 45)))
            visites.append(self._conclude(agent, motif, tenue, mois))
            echeance = visites[-1].prochaine or add_months(tenue, mois)
            retard = hasard.randint(20, 320) if hasard.random() < 0.06 else hasard.randint(-25, 10)
            prevue, motif = echeance + days(retard), "periodique"

    def _conclude(self, agent: LigneAgent, motif: str, jour: datetime.date, mois: int) -> LigneVisite:
        hasard = self.hasard
        vip = _gets_vip(agent) and motif in {"periodique", "nouvel_arrivant"}
        conclusion = (
            "attestation"
            if vip
            else hasard.choices([c for c, _ in CONCLUSIONS], weights=[p for _, p in CONCLUSIONS])[0]
        )
        professionnel = "infirmier" if vip and hasard.random() < 0.6 else "medecin"
        validite: int | None = None
        restrictions: tuple[LigneRestriction, ...] = ()
        if conclusion == "amenagement":
            validite = hasard.choice((6, 12, 12, 24))
            types = dict(hasard.sample(MESURES, hasard.choice((1, 1, 2, 3))))
            restrictions = tuple(
                LigneRestriction(t, precision, jour, add_months(jour, hasard.choice((3, 6, 12))))
                for t, precision in types.items()
            )
        elif conclusion in {"inapte_temporaire", "differe"}:
            validite = hasard.choice((1, 2, 3))
        return LigneVisite(
            matricule=agent.matricule,
            motif=motif,
            nature="vip" if vip else "examen",
            etat="realisee",
            date=jour,
            heure=self._slot(professionnel, jour, CRENEAUX),
            professionnel=professionnel,
            conclusion=conclusion,
            validite_mois=validite,
            prochaine=add_months(jour, validite) if validite else None,
            restrictions=restrictions,
        )

    def _missed(self, agent: LigneAgent, motif: str, jour: datetime.date) -> LigneVisite:
        heure = self._slot("medecin", jour, CRENEAUX)
        return LigneVisite(agent.matricule, motif, "examen", "absent", jour, heure, "medecin")

    def _slot(
        self, professionnel: str, jour: datetime.date, creneaux: list[datetime.time]
    ) -> datetime.time | None:
        """Take a free slot of the professional; none when the day is full."""
        pris = self.pris.setdefault((professionnel, jour), set())
        libres = [c for c in creneaux if c not in pris]
        if not libres:
            return None
        heure = self.hasard.choice(libres)
        pris.add(heure)
        return heure

    def placed(self) -> list[LigneVisite]:
        """Fill the doctor's half-days with the visits that are due: today's, or the last one, comes first."""
        jours: list[datetime.date] = []
        jour = self.calendrier.last_working(self.calendrier.jour)
        while len(jours) < DEMI_JOURNEES:
            jours.append(jour)
            jour = self.calendrier.working(jour + days(2 if len(jours) % 2 else 5))
        attendus = [agent for _, agent in sorted(self.dues, key=lambda due: (due[0], due[1].matricule))]
        self.hasard.shuffle(attendus)
        examens = [a for a in attendus if not _gets_vip(a)]
        placees = self._fill("medecin", jours, examens)
        placees += self._fill("infirmier", jours, [a for a in attendus if _gets_vip(a)])
        return self._not_come(examens[-NON_VENUS:]) + placees

    def _not_come(self, agents: list[LigneAgent]) -> list[LigneVisite]:
        """Those whom the doctor waited for in vain these last weeks: every other one had excused himself."""
        lignes: list[LigneVisite] = []
        for rang, agent in enumerate(agents):
            jour = self.calendrier.last_working(self.calendrier.jour - days(5 + 4 * (rang // 2)))
            heure = self._slot("medecin", jour, MATINEE)
            if heure is not None and jour > agent.date_embauche:
                etat = "excuse" if rang % 2 else "absent"
                lignes.append(
                    LigneVisite(agent.matricule, "periodique", "examen", etat, jour, heure, "medecin")
                )
        return lignes

    def _fill(
        self, professionnel: str, jours: list[datetime.date], attendus: list[LigneAgent]
    ) -> list[LigneVisite]:
        """Give each a morning slot of the professional, as far as there are."""
        nature = "vip" if professionnel == "infirmier" else "examen"
        pris = {(jour, heure) for jour in jours for heure in self.pris.get((professionnel, jour), ())}
        places = [(jour, heure) for jour in jours for heure in MATINEE if (jour, heure) not in pris]
        return [
            LigneVisite(agent.matricule, "periodique", nature, "placee", jour, heure, professionnel)
            for (jour, heure), agent in zip(places, attendus, strict=False)
        ]


def _gets_vip(agent: LigneAgent) -> bool:
    """Whether the agent's periodic visit is one of information and prevention."""
    return agent.suivi == "simple" and agent.statut != "F"
