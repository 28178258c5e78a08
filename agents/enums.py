"""Words of the personnel file."""

from django.db.models import TextChoices

from nouvea_sst.lib.etats import EtatChoices


class Civilite(TextChoices):
    """Form of address."""

    M = "m", "M."
    MME = "mme", "Mme"


class Sexe(TextChoices):
    """As the register gives it."""

    F = "F", "Femme"
    M = "M", "Homme"


class Statut(TextChoices):
    """HR status, with the city's own codes."""

    F = "F", "Fonctionnaire"
    C = "C", "Contractuel"
    CC = "CC", "Convention collective"


class Cadre(TextChoices):
    """Level of a grade."""

    A = "A", "Catégorie A"
    B = "B", "Catégorie B"
    C = "C", "Catégorie C"
    D = "D", "Catégorie D"


class NatureContrat(TextChoices):
    """Whether a contract has an end."""

    CDD = "cdd", "CDD"
    CDI = "cdi", "CDI"


class NiveauStructure(TextChoices):
    """Level in the tree of the city."""

    VILLE = "ville", "Ville"
    DIRECTION = "direction", "Direction"
    SERVICE = "service", "Service"
    SECTION = "section", "Section"


class CategorieSuivi(TextChoices):
    """Kind of medical follow-up; its periodicity is reference data."""

    SIMPLE = "simple", "Suivi simple"
    ADAPTE = "adapte", "Suivi adapté"
    RENFORCE = "renforce", "Suivi renforcé"


class FamilleAbsence(TextChoices):
    """What an absence type counts as in the rules and indicators."""

    MALADIE = "maladie", "Maladie"
    LONGUE = "longue", "Congé de longue maladie ou de longue durée"
    ACCIDENT = "accident", "Accident du travail"
    PROFESSIONNELLE = "professionnelle", "Maladie professionnelle"
    MATERNITE = "maternite", "Maternité"
    ENFANT = "enfant", "Enfant malade"
    AUTRE = "autre", "Autre"


class ExclusionSuivi(TextChoices):
    """Why an agent has no medical follow-up."""

    ELU = "elu", "Élu : hors du suivi médical"
    PARTI = "parti", "A quitté la Ville"
    PAS_ARRIVE = "pas_arrive", "Pas encore arrivé"


class Situation(EtatChoices):
    """Where an agent is on a day, as the list of agents says it."""

    PRESENT = "present", "Présent", "is-neutral", "check-lg"
    ABSENT = "absent", "Absent", "is-soon", "calendar-x"
    PAS_ARRIVE = "pas_arrive", "Pas encore arrivé", "is-active", "calendar-plus"
    PARTI = "parti", "Parti", "is-neutral", "box-arrow-right"
    ELU = "elu", "Élu", "is-neutral", "award"
