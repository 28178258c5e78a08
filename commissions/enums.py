"""Words of commissions."""

from django.db.models import TextChoices

from nouvea_sst.lib.etats import EtatChoices


class Instance(TextChoices):
    """Which commission sits."""

    CHCT = "chct", "CHCT"


class EtatSeance(EtatChoices):
    """Life of a session."""

    PREPAREE = "preparee", "En préparation", "is-active", "arrow-right-circle-fill"
    TENUE = "tenue", "Tenue", "is-done", "check-circle-fill"
    ANNULEE = "annulee", "Annulée", "is-neutral", "slash-circle"


class NaturePoint(TextChoices):
    """What is asked of the committee on a point."""

    AVIS = "avis", "Pour avis"
    INFORMATION = "information", "Pour information"
