"""From facts to figures: each indicator for the period and for the same one a year before."""

from collections.abc import Callable, Sequence

from nouvea_sst.lib.affichage import MOIS
from reporting.indicateurs.faits import Collecte, Faits, Situation
from reporting.rules import indicateurs as regles
from reporting.rules.periodes import Heures, Mois
from reporting.rules.taux import Comparaison, Taux

ECHEANCES_PASSEES = "les échéances d’alors ne sont pas conservées"
SANS_ECHEANCE = "échéances pas encore calculées"


def compute_all(collecte: Collecte) -> dict[str, Comparaison]:
    """Return the indicators by code, in the order in which they are read."""
    figures = {
        code: Comparaison(calcul(collecte.actuel), calcul(collecte.avant)) for code, calcul in CALCULS.items()
    }
    figures["visites_a_jour"] = _visites_a_jour(collecte.situation)
    for code, objectif in (("tf1", "tf1"), ("visites_a_jour", "a_jour")):
        deux = figures[code]
        figures[code] = Comparaison(deux.actuel, deux.avant, collecte.objectifs.get(objectif))
    return {code: figures[code] for code in ORDRE}


def why_no_hours(heures: Heures) -> str:
    """Say which months lack their hours: « heures de mai 2026 non saisies »."""
    manquants = heures.mois_manquants
    if not manquants:
        return ""
    if len(manquants) > 3:
        return f"heures non saisies pour {len(manquants)} mois"
    return f"heures de {_join_months(manquants)} non saisies"


def _join_months(mois: Sequence[Mois]) -> str:
    """Write months as in a sentence: « avril, mai et juin 2026 »."""
    noms = [MOIS[m - 1] if a == mois[-1][0] else f"{MOIS[m - 1]} {a}" for a, m in mois]
    debut = ", ".join(noms[:-1])
    return f"{debut} et {noms[-1]} {mois[-1][0]}" if debut else f"{noms[-1]} {mois[-1][0]}"


def _absenteisme(variante: str) -> Callable[[Faits], Taux]:
    """Return the calculation of one variant."""

    def calcul(f: Faits) -> Taux:
        return regles.compute_absenteisme(variante, f.jours_absence, f.periode.jours, f.effectif)

    return calcul


def _visites_a_jour(situation: Situation) -> Comparaison:
    """Return the share of visits up to date; nobody kept the due dates of a year ago."""
    suivis = situation.suivis or None
    return Comparaison(
        regles.compute_visites_a_jour(situation.a_jour if suivis else None, suivis, SANS_ECHEANCE),
        regles.compute_visites_a_jour(None, None, ECHEANCES_PASSEES),
    )


CALCULS: dict[str, Callable[[Faits], Taux]] = {
    "effectif": lambda f: regles.count(regles.EFFECTIF, f.effectif),
    "heures": lambda f: regles.count(regles.HEURES_TRAVAILLEES, f.heures.heures, why_no_hours(f.heures)),
    "at_avec": lambda f: regles.count(regles.AT_AVEC, f.at_avec),
    "at_sans": lambda f: regles.count(regles.AT_SANS, f.at_sans),
    "trajet": lambda f: regles.count(regles.TRAJET, f.trajet),
    "jours_perdus": lambda f: regles.count(regles.JOURS_PERDUS, f.jours_perdus),
    "duree_moyenne": lambda f: regles.compute_duree_moyenne(f.jours_perdus, f.at_avec),
    "tf1": lambda f: regles.compute_tf1(f.at_avec, f.heures.heures, why_no_hours(f.heures)),
    "tf2": lambda f: regles.compute_tf2(f.at_declares, f.heures.heures, why_no_hours(f.heures)),
    "tf3": lambda f: regles.compute_tf3(f.at_declares + f.benins, f.heures.heures, why_no_hours(f.heures)),
    "tg": lambda f: regles.compute_tg(f.jours_perdus, f.heures.heures, why_no_hours(f.heures)),
    "if": lambda f: regles.compute_if(f.at_avec, f.effectif),
    "absenteisme_compressible": _absenteisme("compressible"),
    "absenteisme_medical": _absenteisme("medical"),
    "absenteisme_global": _absenteisme("global"),
    "visites_realisees": lambda f: regles.count(regles.VISITES_REALISEES, f.visites_realisees),
    "visites_manquees": lambda f: regles.count(regles.VISITES_MANQUEES, f.visites_manquees),
    "signalements": lambda f: regles.count(regles.SIGNALEMENTS, f.signalements),
    "actions_a_temps": lambda f: regles.compute_actions_a_temps(f.actions_a_temps, f.actions_dues),
}
ORDRE = (
    "effectif",
    "heures",
    "at_avec",
    "at_sans",
    "trajet",
    "jours_perdus",
    "duree_moyenne",
    "tf1",
    "tf2",
    "tf3",
    "tg",
    "if",
    "absenteisme_compressible",
    "absenteisme_medical",
    "absenteisme_global",
    "visites_realisees",
    "visites_manquees",
    "visites_a_jour",
    "signalements",
    "actions_a_temps",
)
