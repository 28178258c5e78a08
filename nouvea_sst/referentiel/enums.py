"""How sure a reference value is, and kinds of days off."""

from django.db.models import TextChoices


class Fiabilite(TextChoices):
    """What a value may be called on screen; only TEXTE may be presented as law."""

    TEXTE = "texte", "Texte publié"
    USAGE = "usage", "Pratique de la Ville"
    MODELE = "modele", "Modèle métropolitain"
    HYPOTHESE = "hypothese", "Hypothèse à confirmer"


class NatureJour(TextChoices):
    """Why a day is off."""

    FERIE = "ferie", "Jour férié"
    CHOME = "chome", "Jour chômé de la Ville"
