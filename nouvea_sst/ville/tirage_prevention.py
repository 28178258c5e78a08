"""Draws reports, actions, sessions of the CHCT and hours worked."""

import calendar
import datetime
from random import Random

from nouvea_sst.ville.calendrier import Calendrier, days
from nouvea_sst.ville.lignes import LigneAction, LigneAgent, LigneHeures, LigneSeance, LigneSignalement

HEURES_PAR_MOIS = 134
SIGNALEMENTS_PAR_AGENT = 0.13
ACTIONS_PAR_AGENT = 0.055
FAITS = (
    ("Sol glissant", "situation", 2, "Le sol est glissant depuis ce matin, une collègue a failli tomber."),
    (
        "Échelle sans patin",
        "materiel",
        3,
        "L’échelle de l’atelier n’a plus de patin, elle bouge quand on monte.",
    ),
    ("Usager menaçant", "agression", 3, "Un usager a crié et menacé l’agent d’accueil, puis est reparti."),
    ("Éclairage en panne", "batiment", 2, "Le couloir du fond n’est plus éclairé depuis trois jours."),
    ("Chute d’une branche", "presqu_accident", 3, "Une branche est tombée à un mètre de l’équipe."),
    (
        "Chaleur dans le local",
        "environnement",
        2,
        "La climatisation est arrêtée, il fait 36 °C dans le local.",
    ),
    ("Câble dénudé", "danger_grave", 4, "Un câble dénudé pend au-dessus de l’évier."),
    ("Seringue trouvée", "aes", 3, "Une seringue a été trouvée dans le bac à sable."),
    ("Gants manquants", "materiel", 2, "Il n’y a plus de gants à la bonne taille au magasin."),
    ("Coupure légère", "accident_benin", 1, "Coupure légère au doigt, soignée sur place."),
    ("Charge de travail", "mal_etre", 2, "L’équipe est à trois au lieu de cinq depuis un mois."),
    ("Frein de chariot usé", "materiel", 3, "Le frein du chariot ne tient plus en pente."),
)
MESURES = (
    "Remplacer le revêtement de sol",
    "Former l’équipe au port de charges",
    "Poser une main courante",
    "Acheter des gants adaptés",
    "Réviser les échelles",
    "Afficher la consigne au poste",
    "Réparer l’éclairage",
    "Organiser l’accueil à deux",
    "Mettre à jour l’évaluation des risques de l’unité",
    "Installer un point d’eau",
    "Élaguer avant la saison cyclonique",
    "Vérifier les extincteurs",
)
# Whose account typed the report: the team's own people, elsewhere the section for those who called.
EQUIPE = "DEPEVSEV"
DECLARANTS_EQUIPE = ("encadrant", "encadrant", "agent")
DECLARANTS = ("preventeur", "preventeur", "coordinateur", "chef")
POINTS = (
    ("Approbation du procès-verbal de la séance précédente", "Secrétaire du comité", "avis"),
    ("Accidents du travail de la période", "Conseiller de prévention", "information"),
    ("Suivi médical : visites et échéances", "Médecin du travail", "information"),
    ("Plan d’actions de prévention", "Chef de section", "avis"),
    ("Questions diverses", "Président du comité", "information"),
)


class TiragePrevention:
    """Everything that the section follows besides people."""

    def __init__(self, *, graine: int, calendrier: Calendrier, agents: list[LigneAgent]) -> None:
        self.hasard = Random(f"{graine}/prevention")  # noqa: S311 (a story, not a secret)
        self.calendrier = calendrier
        self.presents = [a for a in agents if a.date_depart is None and not a.est_elu]
        self.agents = [a for a in agents if not a.est_elu]

    def _days(self, par_agent: float) -> list[datetime.date]:
        duree = (self.calendrier.jour - self.calendrier.debut).days
        nombre = round(len(self.presents) * par_agent * duree / 365)
        return sorted(self.calendrier.debut + days(self.hasard.randint(0, duree - 1)) for _ in range(nombre))

    def draw_signalements(self) -> list[LigneSignalement]:
        """Return reports by date; the recent ones still wait."""
        return [self._signalement(jour) for jour in self._days(SIGNALEMENTS_PAR_AGENT)]

    def _signalement(self, jour: datetime.date) -> LigneSignalement:
        hasard, agent = self.hasard, self.hasard.choice(self.presents)
        intitule, categorie, gravite, recit = hasard.choice(FAITS)
        age = (self.calendrier.jour - jour).days
        if age <= 8:
            etat = hasard.choices(("nouveau", "qualifie"), weights=(7, 3))[0]
        elif age <= 45:
            etat = hasard.choices(
                ("qualifie", "en_traitement", "mesures_prises", "clos"), weights=(3, 4, 2, 2)
            )[0]
        else:
            etat = hasard.choices(("clos", "mesures_prises", "rejete"), weights=(92, 4, 4))[0]
        qualifie = etat not in {"nouveau", "rejete"}
        ferme = etat in {"clos", "rejete"}
        fin = min(jour + days(hasard.randint(6, 55)), self.calendrier.jour)
        return LigneSignalement(
            intitule=intitule,
            recit=recit,
            lieu=agent.site,
            structure=agent.structure,
            categorie=categorie if qualifie else "",
            gravite=gravite,
            probabilite=hasard.randint(1, 4) if qualifie else None,
            survenu_le=jour,
            heure=datetime.time(hasard.randint(6, 16), hasard.choice((0, 15, 30, 45))),
            etat=etat,
            qualifie_le=min(jour + days(hasard.randint(0, 4)), self.calendrier.jour) if qualifie else None,
            clos_le=fin if ferme else None,
            conclusion="" if not ferme else "Mesure prise et vérifiée" if etat == "clos" else "Déjà signalé",
            anonyme=hasard.random() < 0.12,
            declarant=hasard.choice(DECLARANTS_EQUIPE if agent.structure == EQUIPE else DECLARANTS),
        )

    def draw_actions(self) -> list[LigneAction]:
        """Return actions by date of decision; some are late."""
        return [self._action(jour) for jour in self._days(ACTIONS_PAR_AGENT)]

    def _action(self, jour: datetime.date) -> LigneAction:
        hasard = self.hasard
        echeance = jour + days(hasard.choice((30, 60, 90, 180)))
        fin = echeance + days(hasard.randint(-25, 30))
        age_retard = (self.calendrier.jour - echeance).days
        if fin <= self.calendrier.jour and not (0 < age_retard < 120 and hasard.random() < 0.25):
            etat = "abandonnee" if hasard.random() < 0.04 else "faite"
        else:
            etat = "en_cours" if hasard.random() < 0.6 else "a_faire"
        close = etat in {"faite", "abandonnee"}
        return LigneAction(
            intitule=hasard.choice(MESURES),
            origine=hasard.choices(
                ("evrp", "accident", "chct", "signalement", "visite"), weights=(40, 23, 16, 15, 2)
            )[0],
            structure=hasard.choice(self.presents).structure,
            creee_le=jour,
            echeance=echeance,
            etat=etat,
            faite_le=max(jour, fin) if close else None,
            preuve=""
            if not close
            else "Constat sur place"
            if etat == "faite"
            else "Remplacée par une autre action",
            pilote=hasard.choice(("preventeur", "preventeur", "chef", "coordinateur")),
        )

    def draw_seances(self) -> list[LigneSeance]:
        """Return four sessions a year; the next one is being prepared."""
        dates = []
        for annee in range(self.calendrier.debut.year, self.calendrier.jour.year + 2):
            for mois in (3, 6, 9, 12):
                premier = datetime.date(annee, mois, 1)
                dates.append(self.calendrier.working(premier + days((1 - premier.weekday()) % 7 + 7)))
        passees = [d for d in dates if d < self.calendrier.jour]
        prochaine = next(d for d in dates if d >= self.calendrier.jour)
        return [
            LigneSeance(
                numero=rang,
                date=date,
                heure=datetime.time(8, 30),
                lieu="Hôtel de Ville, salle du conseil",
                etat="preparee" if date == prochaine else "tenue",
                points=POINTS,
            )
            for rang, date in enumerate([*passees, prochaine], start=1)
        ]

    def draw_hours(self) -> list[LigneHeures]:
        """Return the hours of each whole month up to the day."""
        lignes = []
        annee, mois = self.calendrier.debut.year, 1
        while (fin := datetime.date(annee, mois, calendar.monthrange(annee, mois)[1])) < self.calendrier.jour:
            presents = sum(
                a.temps_travail / 100
                for a in self.agents
                if a.date_embauche <= fin and (a.date_depart is None or a.date_depart > fin)
            )
            lignes.append(
                LigneHeures(annee, mois, round(presents * HEURES_PAR_MOIS * self.hasard.uniform(0.96, 1.04)))
            )
            annee, mois = (annee, mois + 1) if mois < 12 else (annee + 1, 1)
        return lignes
