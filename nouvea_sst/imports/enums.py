"""Words of imports."""

from django.db.models import TextChoices

from nouvea_sst.lib.etats import EtatChoices


class EtatImport(EtatChoices):
    """Life of an import."""

    DEPOSE = "depose", "À relire", "is-soon", "hourglass-split"
    EN_COURS = "en_cours", "Application en cours", "is-active", "arrow-right-circle-fill"
    APPLIQUE = "applique", "Appliqué", "is-done", "check-circle-fill"
    ANNULATION = "annulation", "Annulation en cours", "is-active", "arrow-counterclockwise"
    ANNULE = "annule", "Annulé", "is-neutral", "arrow-counterclockwise"
    ABANDONNE = "abandonne", "Abandonné", "is-neutral", "slash-circle"


class IssueReleve(EtatChoices):
    """What became of a file that the nightly feed took."""

    APPLIQUE = "applique", "Appliqué", "is-done", "check-circle-fill"
    ATTENTE = "attente", "En attente de décision", "is-soon", "hourglass-split"
    DEJA = "deja", "Déjà pris", "is-neutral", "dash-circle"
    REFUSE = "refuse", "Refusé", "is-late", "x-circle-fill"


class EffetLigne(TextChoices):
    """What a row of the file would do."""

    CREE = "cree", "Créé"
    MODIFIE = "modifie", "Modifié"
    INCHANGE = "inchange", "Inchangé"
    REFUSE = "refuse", "Refusé"
    ATTENTE = "attente", "En attente"
    IGNORE = "ignore", "Ignoré"
