"""Roles of the twelve kinds of user, scopes, and kinds of journal line."""

from django.db.models import TextChoices


class Role(TextChoices):
    """One account, one role; the key is also the key of var/comptes_demo.json."""

    COORDINATEUR = "coordinateur", "Coordinateur médico-social"
    CHEF = "chef", "Chef de section"
    MEDECIN = "medecin", "Médecin du travail"
    INFIRMIER = "infirmier", "Infirmier de santé au travail"
    PSYCHOLOGUE = "psychologue", "Psychologue"
    PREVENTEUR = "preventeur", "Préventeur"
    RH = "rh", "Gestionnaire RH"
    ENCADRANT = "encadrant", "Encadrant"
    AGENT = "agent", "Agent"
    CHCT = "chct", "Membre du CHCT"
    AUDITEUR = "auditeur", "Auditeur"
    ADMINISTRATEUR = "administrateur", "Administrateur technique"


class Portee(TextChoices):
    """Whose records a role reaches: everybody's, his structures', his own, nobody's."""

    TOUS = "tous", "Tous les agents"
    EQUIPE = "equipe", "Les agents de ses structures"
    SOI = "soi", "Lui-même"
    AUCUNE = "aucune", "Personne"


class NatureJournal(TextChoices):
    """What a journal line tells."""

    ACTE = "acte", "Acte"
    CONSULTATION = "consultation", "Consultation"
    REFUS = "refus", "Refus"
