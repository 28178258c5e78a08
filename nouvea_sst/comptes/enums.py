"""Roles of the twelve kinds of user, scopes, and kinds of journal line."""

from django.db.models import TextChoices

from nouvea_sst.lib.etats import EtatChoices


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


class AvisConsultation(EtatChoices):
    """What the chief says of one consultation that he examined."""

    JUSTIFIEE = "justifiee", "Justifiée par le travail", "is-done", "check-circle-fill"
    A_EXPLIQUER = "a_expliquer", "Explication demandée", "is-soon", "hourglass-split"
    INJUSTIFIEE = "injustifiee", "Injustifiée", "is-late", "x-circle-fill"


class EtatCompte(EtatChoices):
    """Where an account stands; computed, never stored."""

    A_APPROUVER = "a_approuver", "À approuver", "is-soon", "hourglass-split"
    INVITE = "invite", "Invité", "is-active", "envelope"
    OUVERT = "ouvert", "Ouvert", "is-done", "check-circle-fill"
    DESACTIVE = "desactive", "Désactivé", "is-neutral", "slash-circle"


class MotifFermeture(TextChoices):
    """Why an account is disabled."""

    DECISION = "decision", "Décision d’un administrateur"
    DEPART = "depart", "Départ de l’agent"
    REFUS = "refus", "Création refusée"


class NatureDemande(TextChoices):
    """What the chef de section is asked to approve."""

    CREATION = "creation", "Nouveau compte"
    ROLE = "role", "Changement de rôle"
    REINITIALISATION = "reinitialisation", "Nouveau mot de passe"
    REOUVERTURE = "reouverture", "Compte à rouvrir"
    ADRESSE = "adresse", "Autre adresse électronique"
    FICHE = "fiche", "Fiche d’agent du compte"
    PORTEE = "portee", "Portée du compte"


class EtatDemande(EtatChoices):
    """Where a request stands."""

    EN_ATTENTE = "en_attente", "En attente", "is-soon", "hourglass-split"
    EN_DELAI = "en_delai", "Approuvée avec délai", "is-active", "clock"
    APPROUVEE = "approuvee", "Approuvée", "is-done", "check-circle-fill"
    REFUSEE = "refusee", "Refusée", "is-late", "x-circle-fill"
    ANNULEE = "annulee", "Annulée", "is-neutral", "slash-circle"


class NatureAvis(TextChoices):
    """What the person concerned is told of his account, in the words that he reads."""

    REINITIALISATION_DEMANDEE = "reinit_demandee", "Un nouveau mot de passe a été demandé pour votre compte."
    REINITIALISATION_ACCORDEE = "reinit_accordee", "Le nouveau mot de passe demandé est approuvé."
    LIEN = "lien", "Un lien pour choisir le mot de passe de votre compte a été créé."
    CHOISI = "choisi", "Le mot de passe de votre compte a été choisi par un lien."
    CHANGE = "change", "Le mot de passe de votre compte a été changé."
    ROLE_DEMANDE = "role_demande", "Un autre rôle a été demandé pour votre compte."
    ROLE_ACCORDE = "role_accorde", "L’autre rôle demandé pour votre compte est approuvé."
    ROLE_CHANGE = "role_change", "Le rôle de votre compte a changé."
    ADRESSE_DEMANDEE = "adresse_demandee", "Une autre adresse a été demandée pour votre compte."
    ADRESSE_ACCORDEE = "adresse_accordee", "L’autre adresse demandée pour votre compte est approuvée."
    ADRESSE_CHANGEE = "adresse_changee", "L’adresse de votre compte a changé."
    FICHE_DEMANDEE = "fiche_demandee", "Un changement du lien entre un compte et votre fiche a été demandé."
    FICHE_ACCORDEE = "fiche_accordee", "Le changement du lien entre un compte et votre fiche est approuvé."
    FICHE_CHANGEE = "fiche_changee", "Le lien entre un compte et votre fiche a changé."
    PORTEE_DEMANDEE = "portee_demandee", "Une autre portée a été demandée pour votre compte."
    PORTEE_ACCORDEE = "portee_accordee", "L’autre portée demandée pour votre compte est approuvée."
    PORTEE_CHANGEE = "portee_changee", "La portée de votre compte a changé."
    REOUVERTURE_DEMANDEE = "rouv_demandee", "La réouverture de votre compte a été demandée."
    ROUVERT = "rouvert", "Votre compte est rouvert."


class NatureLien(TextChoices):
    """What a link of an account is for."""

    INVITATION = "invitation", "Invitation"
    REINITIALISATION = "reinitialisation", "Nouveau mot de passe"
