"""Formulas of the indicators (metier.md §6.2) and the text that goes with each figure.

Attribution: an accident counts in the year of its date, a day lost in the period it is lost in; a relapse is
no new accident but its days count; commuting and occupational diseases stand apart.
"""

from collections.abc import Mapping
from decimal import Decimal

from agents.enums import FamilleAbsence
from reporting.rules.taux import Definition, Sens, Taux, compute_nombre, compute_taux

Nombre = int | Decimal
PAR_MILLION = 1_000_000
PAR_MILLE = 1_000
POUR_CENT = 100

EFFECTIF = Definition(
    "effectif",
    "Effectif",
    "agents présents le dernier jour de la période, élus exclus",
    "agents",
)
HEURES_TRAVAILLEES = Definition(
    "heures",
    "Heures travaillées",
    "heures de la Ville saisies par mois",
    "h",
)
AT_AVEC = Definition(
    "at_avec",
    "Accidents de service avec arrêt",
    "accidents de service de la période, hors rechute et hors trajet, suivis d’au moins un jour d’arrêt, "
    "le jour de l’accident non compté",
    sens=Sens.BAISSE,
)
AT_SANS = Definition(
    "at_sans",
    "Accidents de service sans arrêt",
    "accidents de service de la période, hors rechute et hors trajet, sans jour d’arrêt, registre des "
    "accidents bénins compris",
    sens=Sens.BAISSE,
)
TRAJET = Definition(
    "trajet",
    "Accidents de trajet, à part",
    "accidents de trajet de la période, hors rechute ; ils n’entrent dans aucun taux",
    sens=Sens.BAISSE,
)
JOURS_PERDUS = Definition(
    "jours_perdus",
    "Jours perdus",
    "jours calendaires d’arrêt pris dans la période par suite d’un accident de service, rechutes comprises, "
    "quelle que soit la date de l’accident",
    sens=Sens.BAISSE,
)
TF1 = Definition(
    "tf1",
    "Taux de fréquence TF1",
    "accidents avec arrêt × 1 000 000 / heures travaillées, trajet exclu",
    decimales=2,
    sens=Sens.BAISSE,
)
TF2 = Definition(
    "tf2",
    "Taux de fréquence TF2",
    "accidents déclarés, avec et sans arrêt × 1 000 000 / heures travaillées, trajet exclu",
    decimales=2,
    sens=Sens.BAISSE,
)
TF3 = Definition(
    "tf3",
    "Taux de fréquence TF3",
    "accidents déclarés et accidents bénins × 1 000 000 / heures travaillées, trajet exclu",
    decimales=2,
    sens=Sens.BAISSE,
)
TG = Definition(
    "tg",
    "Taux de gravité TG",
    "jours perdus × 1 000 / heures travaillées, trajet exclu",
    decimales=2,
    sens=Sens.BAISSE,
)
IF = Definition(
    "if",
    "Indice de fréquence IF",
    "accidents avec arrêt × 1 000 / effectif, en agents ; peu parlant sous quelques milliers d’agents",
    decimales=1,
    sens=Sens.BAISSE,
)
DUREE_MOYENNE = Definition(
    "duree_moyenne",
    "Durée moyenne d’un arrêt",
    "jours perdus de la période / accidents avec arrêt de la période",
    "j",
    decimales=1,
    sens=Sens.BAISSE,
)
VISITES_REALISEES = Definition(
    "visites_realisees",
    "Visites médicales réalisées",
    "visites de la période signées par un professionnel de santé",
    sens=Sens.HAUSSE,
)
VISITES_MANQUEES = Definition(
    "visites_manquees",
    "Absences aux convocations",
    "visites de la période où l’agent ne s’est pas présenté",
    sens=Sens.BAISSE,
)
VISITES_A_JOUR = Definition(
    "visites_a_jour",
    "Visites à jour",
    "agents suivis dont l’échéance de visite n’est pas dépassée × 100 / agents suivis, au jour de l’arrêté "
    "des données",
    "%",
    decimales=1,
    sens=Sens.HAUSSE,
)
SIGNALEMENTS = Definition(
    "signalements",
    "Signalements reçus",
    "signalements de faits survenus dans la période, rejetés compris",
)
ACTIONS_A_TEMPS = Definition(
    "actions_a_temps",
    "Actions faites dans le délai",
    "actions à échéance dans la période et faites à temps × 100 / actions à échéance dans la période, hors "
    "abandonnées",
    "%",
    decimales=1,
    sens=Sens.HAUSSE,
)

COMPRESSIBLE = frozenset({FamilleAbsence.MALADIE, FamilleAbsence.ACCIDENT})
MEDICAL = COMPRESSIBLE | {FamilleAbsence.LONGUE, FamilleAbsence.PROFESSIONNELLE}
GLOBAL = MEDICAL | {FamilleAbsence.MATERNITE, FamilleAbsence.ENFANT, FamilleAbsence.AUTRE}
CALCUL_ABSENTEISME = "jours d’absence × 100 / (jours de la période × effectif)"


def _absenteisme(code: str, nom: str, contenu: str) -> Definition:
    """Return the definition of a variant: there is no official one, so each says what it holds."""
    return Definition(code, nom, f"{CALCUL_ABSENTEISME} ; {contenu}", "%", 1, Sens.BAISSE)


VARIANTES: dict[str, tuple[Definition, frozenset[FamilleAbsence]]] = {
    "compressible": (
        _absenteisme(
            "absenteisme_compressible",
            "Absentéisme compressible",
            "maladie ordinaire et accidents du travail",
        ),
        COMPRESSIBLE,
    ),
    "medical": (
        _absenteisme(
            "absenteisme_medical",
            "Absentéisme médical",
            "compressible, plus longue maladie, longue durée et maladie professionnelle",
        ),
        MEDICAL,
    ),
    "global": (
        _absenteisme(
            "absenteisme_global",
            "Absentéisme global",
            "médical, plus maternité, enfant malade et autres raisons, hors congés et formation",
        ),
        GLOBAL,
    ),
}


def compute_tf1(accidents_avec_arret: Nombre, heures: Nombre | None, raison: str = "") -> Taux:
    """Accidents with leave per million hours worked."""
    return compute_taux(TF1, accidents_avec_arret, heures, PAR_MILLION, raison)


def compute_tf2(accidents_declares: Nombre, heures: Nombre | None, raison: str = "") -> Taux:
    """Declared accidents, with and without leave, per million hours worked."""
    return compute_taux(TF2, accidents_declares, heures, PAR_MILLION, raison)


def compute_tf3(declares_et_benins: Nombre, heures: Nombre | None, raison: str = "") -> Taux:
    """Declared and minor accidents per million hours worked."""
    return compute_taux(TF3, declares_et_benins, heures, PAR_MILLION, raison)


def compute_tg(jours_perdus: Nombre, heures: Nombre | None, raison: str = "") -> Taux:
    """Calendar days lost per thousand hours worked."""
    return compute_taux(TG, jours_perdus, heures, PAR_MILLE, raison)


def compute_if(accidents_avec_arret: Nombre, effectif: Nombre) -> Taux:
    """Accidents with leave per thousand agents."""
    return compute_taux(IF, accidents_avec_arret, effectif, PAR_MILLE)


def compute_duree_moyenne(jours_perdus: Nombre, accidents_avec_arret: Nombre) -> Taux:
    """Days lost per accident with leave."""
    return compute_taux(DUREE_MOYENNE, jours_perdus, accidents_avec_arret)


def compute_absenteisme(
    variante: str, jours: Mapping[FamilleAbsence, Nombre], jours_periode: int, effectif: Nombre
) -> Taux:
    """Percentage of calendar days lost, for a variant of VARIANTES; jours gives the days by family."""
    definition, familles = VARIANTES[variante]
    total = sum((Decimal(n) for famille, n in jours.items() if famille in familles), Decimal())
    return compute_taux(definition, total, jours_periode * Decimal(effectif), POUR_CENT)


def compute_visites_a_jour(a_jour: Nombre | None, suivis: Nombre | None, raison: str = "") -> Taux:
    """Percentage of followed agents whose due date is not past."""
    return compute_taux(VISITES_A_JOUR, a_jour, suivis, POUR_CENT, raison)


def compute_actions_a_temps(faites_a_temps: Nombre, dues: Nombre) -> Taux:
    """Percentage of the actions due in the period that were done by their deadline."""
    return compute_taux(ACTIONS_A_TEMPS, faites_a_temps, dues, POUR_CENT)


def count(definition: Definition, valeur: Nombre | None, raison: str = "") -> Taux:
    """A plain number under its definition."""
    return compute_nombre(definition, valeur, raison)
