"""How sure a reference value is, who may change it, and kinds of days off and texts."""

from django.db.models import TextChoices

from nouvea_sst.lib.etats import EtatChoices


class Fiabilite(EtatChoices):
    """What a value may be called on screen; only TEXTE may be presented as law."""

    TEXTE = "texte", "Texte publié", "is-done", "patch-check-fill"
    USAGE = "usage", "Pratique de la Ville", "is-neutral", "building"
    MODELE = "modele", "Modèle métropolitain", "is-neutral", "globe"
    HYPOTHESE = "hypothese", "Hypothèse à confirmer", "is-soon", "question-circle-fill"


class NatureJour(TextChoices):
    """Why a day is off."""

    FERIE = "ferie", "Jour férié"
    CHOME = "chome", "Jour chômé de la Ville"


class Domaine(TextChoices):
    """Whose matter a parameter or a list is: perms.py says which right changes it."""

    METIER = "metier", "Métier"
    MEDICAL = "medical", "Médical"
    RISQUES = "risques", "Risques"
    TECHNIQUE = "technique", "Technique"


class NatureTexte(TextChoices):
    """What kind of text a value is founded on."""

    LOI = "loi", "Loi du pays"
    DELIBERATION = "deliberation", "Délibération"
    DECRET = "decret", "Décret ou arrêté"
    REGLEMENT = "reglement", "Règle de la Ville"
    MODELE = "modele", "Modèle métropolitain"
    AUTRE = "autre", "Autre"


class EtatValeur(EtatChoices):
    """Where a value stands on a day."""

    EN_VIGUEUR = "en_vigueur", "En vigueur", "is-done", "check-circle-fill"
    A_VENIR = "a_venir", "À venir", "is-active", "calendar-plus"
    PASSEE = "passee", "Passée", "is-neutral", "clock-history"
    RETIREE = "retiree", "Retirée", "is-neutral", "slash-circle"


class EtatEntree(EtatChoices):
    """Whether an entry of a list is offered on entry."""

    PROPOSEE = "proposee", "Proposée", "is-done", "check-circle-fill"
    DE_COTE = "de_cote", "Mise de côté", "is-neutral", "pause-circle-fill"
