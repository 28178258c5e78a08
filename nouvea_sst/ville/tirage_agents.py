"""Draws the tree and the agents."""

import datetime
import json
from pathlib import Path
from random import Random

from nouvea_sst.ville.calendrier import Calendrier, days
from nouvea_sst.ville.lignes import LigneAgent, LigneStructure
from nouvea_sst.ville.noms import draw_name
from nouvea_sst.ville.postes import EFFECTIFS, Metier, jobs_of

STRUCTURES = Path(__file__).parent / "structures.json"
DEPARTS_PAR_AN = 0.055
PART_ELUS = 0.03
ELUS_MAXIMUM = 53
STATUTS = (("F", 62, (1, 1, 1, 2, 18, 20, 20)), ("C", 20, (4,)), ("CC", 18, (7,)))
# Where a post belongs when its part of the tree has several sections.
SECTIONS = {
    "Jardinier": "DEPEVSEV",
    "Élagueur": "DEPEVSEV",
    "Ripeur": "DEPEVSPU",
    "Agent de propreté urbaine": "DEPEVSPU",
    "Conducteur de benne": "DEPEVSPU",
    "Mécanicien poids lourds": "ATM-GM",
    "Magasinier": "ATM-MG",
    "Peintre en bâtiment": "ATM-ATE",
    "Menuisier": "ATM-ATE",
    "Soudeur": "ATM-ATE",
    "Égoutier": "DEX-SEEA",
    "Agent de réseau": "DEX-SEEA",
    "Agent de voirie": "DEX-SEV",
    "Placier du marché": "DB-MM",
    "Agent de démoustication": "SLAV",
    "Technicien de laboratoire": "SCANEE",
    "Inspecteur de salubrité": "SERIP",
    "Fossoyeur": "SAPECSC",
    "Agent d’état civil": "SAPECSA",
    "Agent d’accueil": "SAPECAS",
    "Bibliothécaire": "SCF-SMRS",
    "Technicien du spectacle": "SCF-SMF",
    "Agent d’accueil du musée": "SCF-SMDV",
    "Maître-nageur sauveteur": "SMS-SPOT",
    "Éducateur sportif": "SMS-SAS",
    "Sapeur-pompier": "DSIS-SO",
    "Chef d’agrès": "DSIS-SO",
    "Formateur aux secours": "DSIS-SF",
    "Agent de service des écoles": "SVS-SPE",
    "Agent spécialisé des écoles maternelles": "SVS-SPE",
    "Opérateur de vidéoprotection": "DPM-PTO",
}


def read_structures() -> list[LigneStructure]:
    """Return the tree of 2013, parents first, with one structure that another has replaced since."""
    return [LigneStructure(**ligne) for ligne in json.loads(STRUCTURES.read_text(encoding="utf8"))]


class TirageAgents:
    """Draws agents until the city has the asked number of them on its day."""

    def __init__(self, *, graine: int, nombre: int, calendrier: Calendrier, annees: int) -> None:
        self.hasard = Random(f"{graine}/agents")  # noqa: S311 (a story, not a secret)
        self.calendrier = calendrier
        self.nombre = nombre
        self.annees = annees
        self.structures = read_structures()
        self.parents = {s.sigle: s.parent for s in self.structures}
        self.feuilles = self._leaves_by_part()

    def ancestors(self, sigle: str) -> list[str]:
        """Return the structure and its ancestors, nearest first."""
        lignee = []
        while sigle:
            lignee.append(sigle)
            sigle = self.parents[sigle]
        return lignee

    def _leaves_by_part(self) -> dict[str, list[str]]:
        meres = set(self.parents.values())
        feuilles: dict[str, list[str]] = {}
        for structure in self.structures:
            if structure.sigle in meres or structure.fermee:
                continue
            part, _, _ = jobs_of(self.ancestors(structure.sigle))
            feuilles.setdefault(part, []).append(structure.sigle)
        return feuilles

    def draw(self) -> list[LigneAgent]:
        """Return present agents, leavers and elected members, by matricule."""
        partis = round(self.nombre * DEPARTS_PAR_AN * self.annees)
        elus = min(ELUS_MAXIMUM, round(self.nombre * PART_ELUS))
        tires = [self._agent(parti=rang >= self.nombre) for rang in range(self.nombre + partis)]
        tires += [self._elected() for _ in range(elus)]
        tires.sort(key=lambda a: (a["date_embauche"], a["nom"], a["prenom"]))
        return [LigneAgent(matricule=f"{1001 + rang}", **valeurs) for rang, valeurs in enumerate(tires)]

    def _job(self) -> tuple[str, Metier, str]:
        part = self.hasard.choices(list(EFFECTIFS), weights=list(EFFECTIFS.values()))[0]
        _, metiers, lieux = jobs_of([part])
        metier = self.hasard.choices(metiers, weights=[m.poids for m in metiers])[0]
        structure = SECTIONS.get(metier.intitule) or self.hasard.choice(self.feuilles.get(part, [part]))
        return structure, metier, self.hasard.choice(lieux)

    def _hired(self, *, parti: bool) -> tuple[datetime.date, datetime.date | None]:
        jour, hasard = self.calendrier.jour, self.hasard
        if parti:
            depart = self.calendrier.draw(hasard, self.calendrier.debut, jour - days(1))
            anciennete = hasard.choice((1, 2, 3, 5, 8, 20, 28, 32)) * 365 + hasard.randint(0, 300)
            return self.calendrier.working(depart - days(anciennete)), depart
        recent = hasard.random() < DEPARTS_PAR_AN * self.annees
        anciennete = (
            hasard.randint(5, self.annees * 365) if recent else hasard.randint(self.annees * 365, 30 * 365)
        )
        return self.calendrier.working(jour - days(anciennete)), None

    def _agent(self, *, parti: bool) -> dict:
        hasard = self.hasard
        nom, prenom, sexe = draw_name(hasard)
        structure, metier, site = self._job()
        embauche, depart = self._hired(parti=parti)
        limite = min(64 * 365, 43 * 365 + (self.calendrier.jour - embauche).days)
        age_jours = hasard.randint(
            19 * 365 + (self.calendrier.jour - embauche).days,
            max(limite, 20 * 365 + (self.calendrier.jour - embauche).days),
        )
        statut, _, codes = hasard.choices(STATUTS, weights=[s[1] for s in STATUTS])[0]
        return {
            "civilite": "mme" if sexe == "F" else "m",
            "nom": nom,
            "prenom": prenom,
            "sexe": sexe,
            "date_naissance": self.calendrier.jour - days(age_jours),
            "date_embauche": embauche,
            "date_depart": depart,
            "statut": statut,
            "code_categorie": hasard.choice(codes),
            "est_elu": False,
            "collectivite": hasard.choices(("VDN", "CDE", "CCAS"), weights=(94, 4, 2))[0],
            "structure": structure,
            "poste": metier.intitule,
            "suivi": metier.suivi,
            "site": site,
            "risque": metier.risque,
            "temps_travail": hasard.choices((100, 80, 50), weights=(92, 6, 2))[0],
        }

    def _elected(self) -> dict:
        nom, prenom, sexe = draw_name(self.hasard)
        mandat = datetime.date(self.calendrier.jour.year - self.calendrier.jour.year % 6, 7, 1)
        return {
            "civilite": "mme" if sexe == "F" else "m",
            "nom": nom,
            "prenom": prenom,
            "sexe": sexe,
            "date_naissance": self.calendrier.jour - days(self.hasard.randint(30, 70) * 365.25),
            "date_embauche": min(mandat, self.calendrier.jour - days(30)),
            "date_depart": None,
            "statut": "",
            "code_categorie": 10,
            "est_elu": True,
            "collectivite": "VDN",
            "structure": "CM",
            "poste": "Conseiller municipal",
            "suivi": "simple",
            "site": "Hôtel de Ville",
            "risque": 0.0,
            "temps_travail": 100,
        }
