"""Words of reports, accidents and actions."""

from django.db.models import IntegerChoices, TextChoices

from nouvea_sst.lib.etats import EtatChoices


class CategorieSignalement(TextChoices):
    """Default categories (metier.md §6.4, to be confirmed by the city)."""

    ACCIDENT_BENIN = "accident_benin", "Accident bénin"
    PRESQU_ACCIDENT = "presqu_accident", "Presqu’accident"
    SITUATION = "situation", "Situation dangereuse"
    DANGER_GRAVE = "danger_grave", "Danger grave et imminent"
    AGRESSION = "agression", "Agression ou incivilité"
    MAL_ETRE = "mal_etre", "Mal-être au travail"
    MATERIEL = "materiel", "Matériel ou équipement défectueux"
    BATIMENT = "batiment", "Bâtiment"
    ENVIRONNEMENT = "environnement", "Environnement"
    AES = "aes", "Accident d’exposition au sang"
    AUTRE = "autre", "Autre"


class Gravite(IntegerChoices):
    """How serious it was, or could have been."""

    LEGERE = 1, "Légère"
    MODEREE = 2, "Modérée"
    SERIEUSE = 3, "Sérieuse"
    GRAVE = 4, "Grave"


class Probabilite(IntegerChoices):
    """How likely it is to happen again."""

    RARE = 1, "Rare"
    POSSIBLE = 2, "Possible"
    PROBABLE = 3, "Probable"
    CERTAIN = 4, "Certain"


class NatureDeclaree(TextChoices):
    """What a declarer chooses among; the section qualifies it further."""

    DANGER = "situation", "Un danger"
    ACCIDENT = "accident_benin", "Un accident"
    EVITE = "presqu_accident", "Un accident évité"
    AGRESSION = "agression", "Une agression"


class ClasseRisque(EtatChoices):
    """Class of the product gravity × probability."""

    FAIBLE = "faible", "Risque faible", "is-done", "shield-check"
    MOYEN = "moyen", "Risque moyen", "is-soon", "exclamation-circle-fill"
    ELEVE = "eleve", "Risque élevé", "is-late", "exclamation-triangle-fill"


class EtatSignalement(EtatChoices):
    """Life of a report."""

    NOUVEAU = "nouveau", "Nouveau", "is-active", "asterisk"
    QUALIFIE = "qualifie", "Qualifié", "is-active", "check2-square"
    EN_TRAITEMENT = "en_traitement", "En traitement", "is-active", "arrow-right-circle-fill"
    MESURES_PRISES = "mesures_prises", "Mesures prises", "is-done", "check-circle-fill"
    CLOS = "clos", "Clos", "is-neutral", "archive"
    REJETE = "rejete", "Rejeté", "is-late", "x-circle-fill"


class NatureAccident(TextChoices):
    """Where the accident stands in the figures: commuting is shown apart."""

    SERVICE = "service", "Accident de service"
    TRAJET = "trajet", "Accident de trajet"
    MALADIE_PRO = "maladie_pro", "Maladie professionnelle"


class EtatAction(EtatChoices):
    """Life of an action of the plan."""

    A_FAIRE = "a_faire", "À faire", "is-neutral", "circle"
    EN_COURS = "en_cours", "En cours", "is-active", "arrow-right-circle-fill"
    FAITE = "faite", "Faite", "is-done", "check-circle-fill"
    ABANDONNEE = "abandonnee", "Abandonnée", "is-neutral", "slash-circle"


class OrigineAction(TextChoices):
    """Where an action comes from."""

    EVRP = "evrp", "EvRP"
    ACCIDENT = "accident", "Accident"
    SIGNALEMENT = "signalement", "Signalement"
    CHCT = "chct", "CHCT"
    VISITE = "visite", "Visite médicale"
    AUTRE = "autre", "Autre"
