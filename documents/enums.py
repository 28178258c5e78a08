"""Words of issued documents, of letters and of messages."""

from django.db.models import TextChoices

from nouvea_sst.lib.etats import EtatChoices


class CategorieDocument(TextChoices):
    """What the document is."""

    CERTIFICAT = "certificat", "Certificat d’aptitude"
    ATTESTATION = "attestation", "Attestation de suivi"
    LETTRE = "lettre", "Lettre"


class GenreLettre(TextChoices):
    """What a letter is for; each kind has its closed list of fields (rules/champs.py)."""

    CONVOCATION = "convocation", "Convocation"
    RELANCE = "relance", "Relance"
    REPORT = "report", "Rendez-vous déplacé"
    AVIS_RESPONSABLE = "avis_responsable", "Avis au responsable"
    AVIS_REPORT = "avis_report", "Avis de report"
    FEUILLE_PRESENCE = "feuille_presence", "Feuille de présence"
    ATTESTATION = "attestation", "Attestation de suivi"
    CERTIFICAT = "certificat", "Certificat d’aptitude"
    COURRIER = "courrier", "Courrier libre"


class DomaineLettre(TextChoices):
    """Whose letters they are: who writes them, and the most secret thing that they may name."""

    SECTION = "section", "Section"
    MEDICAL = "medical", "Médecin du travail"
    PSYCHOLOGUE = "psychologue", "Psychologue"


class PopulationLettre(TextChoices):
    """To whom a letter of a kind is written, when the statuses have letters of their own."""

    TOUS = "tous", "Tous les agents"
    FONCTIONNAIRES = "fonctionnaires", "Fonctionnaires"
    CONTRACTUELS = "contractuels", "Contractuels et conventions collectives"


class EtatVersion(EtatChoices):
    """Life of a version of a letter."""

    BROUILLON = "brouillon", "Brouillon", "is-soon", "pencil"
    PUBLIEE = "publiee", "Publiée", "is-done", "check-circle-fill"
    RETIREE = "retiree", "Retirée", "is-neutral", "slash-circle"


class ModeEnvoi(TextChoices):
    """How a letter reached the one it is for."""

    PAPIER = "papier", "Courrier interne"
    COURRIEL = "courriel", "Message et courrier interne"
    MAIN = "main", "Remise en main propre"


class CanalMessage(TextChoices):
    """By what a message leaves."""

    COURRIEL = "courriel", "Courriel"
    SMS = "sms", "SMS"


class EtatCourriel(EtatChoices):
    """Life of a message."""

    EN_ATTENTE = "en_attente", "En attente", "is-soon", "hourglass-split"
    ENVOYE = "envoye", "Envoyé", "is-done", "check-circle-fill"
    REFUSE = "refuse", "Refusé", "is-late", "x-circle-fill"
    NON_DISTRIBUE = "non_distribue", "Non distribué", "is-late", "exclamation-circle"
    REVENU = "revenu", "Revenu", "is-late", "reply-fill"
