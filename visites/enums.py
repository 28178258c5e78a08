"""Words of medical visits."""

from django.db.models import TextChoices

from nouvea_sst.lib.etats import EtatChoices


class EtatVisite(EtatChoices):
    """Life of a visit."""

    A_PLACER = "a_placer", "À placer", "is-neutral", "circle"
    PLACEE = "placee", "Placée", "is-active", "calendar-check"
    REALISEE = "realisee", "Réalisée", "is-done", "check-circle-fill"
    ABSENT = "absent", "Absent", "is-late", "person-x-fill"
    EXCUSE = "excuse", "Excusé", "is-soon", "envelope-check"
    ANNULEE = "annulee", "Annulée", "is-neutral", "slash-circle"


class Presence(EtatChoices):
    """What is said of a visit on its day; « présent » waits for its conclusion."""

    ATTENDU = "attendu", "À dire", "is-neutral", "circle"
    PRESENT = "present", "Présent", "is-active", "person-check-fill"
    ABSENT = "absent", "Absent", "is-late", "person-x-fill"
    EXCUSE = "excuse", "Excusé", "is-soon", "envelope-check"
    VU = "vu", "Vu", "is-done", "check-circle-fill"


class Reponse(EtatChoices):
    """What the agent answered to his appointment."""

    ATTENDUE = "attendue", "Sans réponse", "is-neutral", "circle"
    CONFIRMEE = "confirmee", "Confirmée", "is-done", "check-circle-fill"
    DECLINEE = "declinee", "Déclinée", "is-soon", "envelope-check"


class VoieReponse(TextChoices):
    """By which way the answer of an agent came."""

    TELEPHONE = "telephone", "Téléphone"
    LIEN = "lien", "Lien du message"
    RESPONSABLE = "responsable", "Responsable"


class FinLien(TextChoices):
    """How a link that an agent answers by came to its end."""

    UTILISE = "utilise", "Utilisé"
    REMPLACE = "remplace", "Remplacé"


class EtatDemiJournee(EtatChoices):
    """Life of a half-day of a professional."""

    OUVERTE = "ouverte", "Ouverte", "is-active", "calendar-plus"
    CLOSE = "close", "Close", "is-done", "check-circle-fill"
    ANNULEE = "annulee", "Annulée", "is-neutral", "slash-circle"


class NatureAbsence(TextChoices):
    """Why a professional holds no visit: never more than that."""

    CONGE = "conge", "Congé"
    FORMATION = "formation", "Formation"
    AUTRE = "autre", "Autre absence"

    @property
    def phrase(self) -> str:
        """« en congé », « en formation », « absent »."""
        return {"conge": "en congé", "formation": "en formation", "autre": "absent"}[self.value]


class Conclusion(EtatChoices):
    """What the professional concludes (metier.md §3.2)."""

    APTE = "apte", "Apte", "is-done", "check-circle-fill"
    AMENAGEMENT = "amenagement", "Apte avec aménagement ou restriction", "is-soon", "sliders"
    INAPTE_TEMPORAIRE = "inapte_temporaire", "Inapte temporaire", "is-late", "pause-circle-fill"
    INAPTE_POSTE = "inapte_poste", "Inapte définitif au poste", "is-late", "x-octagon-fill"
    DIFFERE = "differe", "À revoir, avis différé", "is-soon", "hourglass-split"
    ATTESTATION = "attestation", "Attestation de suivi", "is-done", "check-circle-fill"


class NatureVisite(TextChoices):
    """An examination gives an opinion; a VIP gives an attestation and may be held by a nurse."""

    EXAMEN = "examen", "Examen d’aptitude"
    VIP = "vip", "Visite d’information et de prévention"


class RegleEcheance(TextChoices):
    """Which family of rules set a due date."""

    INITIALE = "initiale", "Première visite"
    PERIODIQUE = "periodique", "Visite périodique"
    PROFESSIONNEL = "professionnel", "Date choisie par le professionnel"
    REPRISE = "reprise", "Visite de reprise"
    PREREPRISE = "prereprise", "Visite de préreprise"
    POSITION = "position", "Changement de position"
    DEMANDE = "demande", "Visite demandée"
    RELANCE = "relance", "Rendez-vous manqué"
    EXCLU = "exclu", "Hors du suivi médical"


class Declencheur(TextChoices):
    """What makes a visit due (sirh.md §2.4, metier.md §3.1); each has its rule, from a date."""

    NOUVEL_ARRIVANT = "nouvel_arrivant", "Arrivée d’un agent"
    SANS_VISITE = "sans_visite", "Agent jamais vu"
    PERIODIQUE = "periodique", "Suivi simple"
    ADAPTE = "adapte", "Suivi adapté"
    RENFORCE = "renforce", "Suivi renforcé"
    PROFESSIONNEL = "professionnel", "Date fixée par le professionnel"
    FIN_CLD = "fin_cld", "Fin d’un congé de longue durée"
    FIN_CLM = "fin_clm", "Fin d’un congé de longue maladie"
    LONGUE_MALADIE = "longue_maladie", "Longue absence pour maladie"
    MALADIE = "maladie", "Absence pour maladie"
    ACCIDENT = "accident", "Accident du travail"
    REPRISE = "reprise", "Retour d’un congé qui demande toujours une visite"
    PREREPRISE = "prereprise", "Absence longue en cours"
    POSITION = "position", "Retour d’une position hors effectif"
    DEMANDE_AGENT = "demande_agent", "Demande de l’agent"
    DEMANDE_SERVICE = "demande_service", "Demande du service"
    DEMANDE_MEDECIN = "demande_medecin", "Demande du médecin"
    RELANCE = "relance", "Rendez-vous manqué"


class Operateur(TextChoices):
    """How a number is held against a threshold."""

    PLUS = "gt", "plus de"
    AU_MOINS = "gte", "au moins"
    MOINS = "lt", "moins de"
    AU_PLUS = "lte", "au plus"


class Unite(TextChoices):
    """What a threshold or an offset counts."""

    JOURS = "jours", "jours"
    MOIS = "mois", "mois"


class PointDepart(TextChoices):
    """From which day of the fact the offset runs."""

    DEBUT = "debut", "le premier jour du fait"
    FIN = "fin", "le dernier jour du fait"


class EtatDue(EtatChoices):
    """Life of a visit due."""

    OUVERTE = "ouverte", "À faire", "is-active", "circle"
    CLOSE = "close", "Close", "is-done", "check-circle-fill"
    ECARTEE = "ecartee", "Écartée", "is-neutral", "slash-circle"


class Cloture(TextChoices):
    """Why a visit is no longer due."""

    TENUE = "tenue", "La visite a été tenue"
    SANS_OBJET = "sans_objet", "Le fait n’existe plus"
    EXCLU = "exclu", "L’agent est hors du suivi médical"
    ECARTEE = "ecartee", "Écartée par une personne"


class OrigineDemande(TextChoices):
    """Who asks for a visit."""

    AGENT = "agent", "L’agent"
    SERVICE = "service", "Le service"
    MEDECIN = "medecin", "Le médecin"


class EtatDemande(EtatChoices):
    """Life of a request for a visit."""

    DEPOSEE = "deposee", "À examiner", "is-soon", "inbox"
    RETENUE = "retenue", "Retenue", "is-active", "calendar-plus"
    REFUSEE = "refusee", "Refusée", "is-neutral", "slash-circle"
    RETIREE = "retiree", "Retirée", "is-neutral", "arrow-counterclockwise"
    SATISFAITE = "satisfaite", "Visite tenue", "is-done", "check-circle-fill"


class EtendueMesure(TextChoices):
    """Where a measure holds: wherever the agent works, or at the post he has when it is signed alone."""

    TOUT = "tout", "Tout poste"
    POSTE = "poste", "Poste occupé"


class SuiteEngagement(TextChoices):
    """What the manager says that he did of a measure."""

    APPLIQUEE = "appliquee", "Appliquée"
    PARTIELLE = "partielle", "Appliquée en partie"
    REFUSEE = "refusee", "Refusée"


class EtatEngagement(EtatChoices):
    """Where a commitment to apply a measure stands; derived from its row and the day, never stored."""

    A_ACCUSER = "a_accuser", "À accuser", "is-soon", "inbox"
    A_APPLIQUER = "a_appliquer", "À appliquer", "is-active", "sliders"
    APPLIQUEE = "appliquee", "Appliquée", "is-done", "check-circle-fill"
    PARTIELLE = "partielle", "Appliquée en partie", "is-soon", "exclamation-circle"
    REFUSEE = "refusee", "Refusée", "is-late", "slash-circle"
    ECHUE = "echue", "Échue", "is-neutral", "calendar-x"
    CLOSE = "close", "Close", "is-neutral", "check-lg"


class EtatEssai(EtatChoices):
    """Where the trial of a rule stands."""

    EN_COURS = "en_cours", "En cours de calcul", "is-active", "arrow-repeat"
    PRET = "pret", "Prêt", "is-soon", "eyeglasses"
    ECHEC = "echec", "Échec", "is-late", "exclamation-circle"
    ADOPTE = "adopte", "Adopté", "is-done", "check-circle-fill"
    ABANDONNE = "abandonne", "Abandonné", "is-neutral", "slash-circle"


class GenreMot(TextChoices):
    """What a word of the lexicon looks like; one that is admitted covers those that it holds."""

    DIAGNOSTIC = "diagnostic", "Maladie ou trouble"
    MEDICAMENT = "medicament", "Médicament"
    SOIN = "soin", "Soin ou examen"
    ORGANE = "organe", "Partie du corps"
    ADMIS = "admis", "Mot de travail, admis"


class ChampPartage(TextChoices):
    """A text that others than its author read."""

    MESSAGE = "message_employeur", "Message à l’employeur"
    PRECISION = "precision", "Précision d’une mesure"
    DEMANDE = "raison", "Raison d’une demande de visite"
    REPONSE = "reponse", "Réponse à une demande de visite"
    CHOIX = "raison_choix", "Raison d’une date choisie"
    ECART = "ecartee_parce_que", "Raison d’une mise à l’écart"
    ANNULATION = "annulee_parce_que", "Raison d’une annulation"
    EXCUSE = "excuse_precision", "Précision d’une excuse"
    SUITE = "suite", "Suite d’une restriction"
    CLOTURE = "clos_parce_que", "Raison d’une clôture de suivi"
    CORRECTION = "raison_correction", "Raison d’une correction"


class TypePiece(TextChoices):
    """What a file joined to a note is, by its bytes."""

    PDF = "pdf", "PDF"
    JPEG = "jpeg", "Image JPEG"
    PNG = "png", "Image PNG"


class NatureEchange(TextChoices):
    """How a coordinator and somebody spoke or wrote about an agent."""

    APPEL = "appel", "Appel"
    ENTRETIEN = "entretien", "Entretien"
    COURRIER = "courrier", "Courrier"
    COURRIEL = "courriel", "Courriel"
    REUNION = "reunion", "Réunion"
    NOTE = "note", "Note"
    AUTRE = "autre", "Autre"


class Interlocuteur(TextChoices):
    """With whom: a kind, never a name, which belongs to the sealed text."""

    AGENT = "agent", "L’agent"
    ENCADRANT = "encadrant", "Son encadrant"
    RH = "rh", "Les ressources humaines"
    MEDECIN = "medecin", "Le médecin du travail"
    FAMILLE = "famille", "Sa famille"
    AUTRE = "autre", "Une autre personne"


class FinEtape(TextChoices):
    """What became of a step."""

    FAITE = "faite", "Faite"
    ABANDONNEE = "abandonnee", "Abandonnée"


class EtatAccompagnement(EtatChoices):
    """What a follow-up waits for on a day; derived from its steps, never stored."""

    RETARD = "retard", "En retard", "is-late", "exclamation-circle"
    CE_JOUR = "jour", "À faire ce jour", "is-soon", "calendar-check"
    A_VENIR = "a_venir", "À venir", "is-active", "calendar-plus"
    SANS_ETAPE = "sans_etape", "Sans étape", "is-neutral", "circle"
    FERME = "ferme", "Fermé", "is-neutral", "check-lg"
