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


class GroupeStatut(TextChoices):
    """Statuses that share a scale of sick-leave rights."""

    F = "F", "Fonctionnaires"
    C_CC = "C_CC", "Contractuels et conventions collectives"


class RaisonDroits(TextChoices):
    """What the sick-leave rights of an agent follow from on a day."""

    BAREME = "bareme", "Barème de son statut et de son ancienneté"
    ESSAI = "essai", "Aucun droit pendant la période d’essai"
    SANS_CARRIERE = "sans_carriere", "Aucun droit : aucune ligne de carrière ce jour-là"
    STATUT_INCONNU = "statut_inconnu", "Aucun droit connu : le statut n’est pas renseigné"
    SANS_EMBAUCHE = "sans_embauche", "Aucun droit connu : la date d’embauche n’est pas renseignée"
    SANS_BAREME = "sans_bareme", "Aucun droit connu : le barème n’a pas de ligne pour cette ancienneté"
    ELU = "elu", "Aucun droit : élu"


class RegleAlerte(TextChoices):
    """Why an absence is brought to the attention of the section."""

    FIN_PLEIN = "fin_plein", "Fin du plein traitement"
    FIN_DEMI = "fin_demi", "Fin du demi-traitement"
    SEUIL = "seuil", "Absence longue"
    REPETEES = "repetees", "Absences courtes répétées"


class EtatAlerte(EtatChoices):
    """Life of an alert."""

    OUVERTE = "ouverte", "À traiter", "is-soon", "bell-fill"
    TRAITEE = "traitee", "Traitée", "is-done", "check-circle-fill"
    ECARTEE = "ecartee", "Écartée", "is-neutral", "slash-circle"
    CADUQUE = "caduque", "Sans suite", "is-neutral", "hourglass-bottom"


class MotifEcart(TextChoices):
    """Why an alert is set aside; JUSTES says of which it was right to be raised."""

    DEJA_TRAITE = "deja_traite", "Déjà traité par ailleurs"
    RETOUR_PREVU = "retour_prevu", "Retour prévu, rien à faire"
    SANS_OBJET = "sans_objet", "Sans objet pour cet agent"
    ERREUR_DONNEE = "erreur_donnee", "Erreur dans les données"


JUSTES = frozenset({MotifEcart.DEJA_TRAITE, MotifEcart.RETOUR_PREVU})


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


class NiveauExigence(TextChoices):
    """How often a post asks for something."""

    JAMAIS = "jamais", "Jamais"
    PARFOIS = "parfois", "Parfois"
    SOUVENT = "souvent", "Souvent"


class Accord(EtatChoices):
    """How a post goes with what must be avoided; computed, never stored."""

    COMPATIBLE = "compatible", "Compatible", "is-done", "check-circle-fill"
    A_AMENAGER = "a_amenager", "À aménager", "is-soon", "tools"
    A_VERIFIER = "a_verifier", "À vérifier", "is-neutral", "question-circle"
    CONTRAIRE = "contraire", "Contraire", "is-late", "x-circle-fill"


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
    HORS_EFFECTIF = "hors_effectif", "En position hors effectif"


class Situation(EtatChoices):
    """Where an agent is on a day, as the list of agents says it."""

    PRESENT = "present", "Présent", "is-neutral", "check-lg"
    ABSENT = "absent", "Absent", "is-soon", "calendar-x"
    PAS_ARRIVE = "pas_arrive", "Pas encore arrivé", "is-active", "calendar-plus"
    PARTI = "parti", "Parti", "is-neutral", "box-arrow-right"
    ELU = "elu", "Élu", "is-neutral", "award"
