"""States of a background job."""

from nouvea_sst.lib.etats import EtatChoices


class EtatTravail(EtatChoices):
    """Life of a job."""

    EN_FILE = "en_file", "En file", "is-soon", "hourglass-split"
    EN_COURS = "en_cours", "En cours", "is-active", "arrow-right-circle-fill"
    TERMINE = "termine", "Terminé", "is-done", "check-circle-fill"
    ABANDONNE = "abandonne", "Abandonné", "is-neutral", "slash-circle"
    INTERROMPU = "interrompu", "Interrompu", "is-neutral", "stop-circle"
    ECHEC = "echec", "Échec", "is-late", "x-circle-fill"
