"""Words of medical visits."""

from django.db.models import TextChoices

from nouvea_sst.lib.etats import EtatChoices


class EtatVisite(EtatChoices):
    """Life of a visit."""

    A_PLACER = "a_placer", "À placer", "is-neutral", "circle"
    PLACEE = "placee", "Placée", "is-active", "calendar-check"
    REALISEE = "realisee", "Réalisée", "is-done", "check-circle-fill"
    ABSENT = "absent", "Absent", "is-late", "person-x-fill"
    ANNULEE = "annulee", "Annulée", "is-neutral", "slash-circle"


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
    """Which rule set a due date."""

    INITIALE = "initiale", "Première visite"
    PERIODIQUE = "periodique", "Visite périodique"
    PROFESSIONNEL = "professionnel", "Date choisie par le professionnel"
    EXCLU = "exclu", "Hors du suivi médical"
