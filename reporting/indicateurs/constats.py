"""What the figures say, in one French sentence each: titles of charts, heads of chapters."""

from collections.abc import Sequence
from decimal import Decimal

from nouvea_sst.lib.affichage import FINE, count_of, format_number, plural
from nouvea_sst.lib.dates import Periode
from reporting.indicateurs.ecriture import than_before, write_duration, write_taux
from reporting.rules.taux import Comparaison, Taux


def compare_counts(actuel: int, avant: int, periode: Periode) -> str:
    """Compare two counts: « 7 de moins qu’en 2025 », « autant qu’en 2025 »."""
    jadis = than_before(periode)
    if actuel == avant:
        return f"autant qu’{jadis}"
    sens = "de plus" if actuel > avant else "de moins"
    return f"{format_number(abs(actuel - avant))} {sens} qu’{jadis}"


def find_accidents(actuel: int, avant: int, periode: Periode) -> str:
    """Say how many accidents with leave, how long, more or less than a year before."""
    nombre = format_number(actuel) if actuel else "aucun"
    return (
        f"Accidents avec arrêt{FINE}: {nombre} {write_duration(periode)}, "
        f"{compare_counts(actuel, avant, periode)}"
    )


def find_visites(actuel: int, avant: int, periode: Periode) -> str:
    """Say how many visits were held, more or less than a year before."""
    nombre = format_number(actuel) if actuel else "aucune"
    return (
        f"Visites réalisées{FINE}: {nombre} {write_duration(periode)}, "
        f"{compare_counts(actuel, avant, periode)}"
    )


def find_tf1(taux: Sequence[Taux], objectif: Decimal | None) -> str:
    """Say where the frequency rate stands, against its target, else against the year before."""
    sujet, dernier = "Le taux de fréquence", taux[-1]
    avant = taux[-2].valeur if len(taux) > 1 else None
    if dernier.valeur is None:
        return f"{sujet} n’est pas calculable{FINE}: {dernier.raison}"
    if objectif is not None:
        dessous = dernier.valeur <= objectif
        if avant is None:
            return f"{sujet} est {'sous' if dessous else 'au-dessus de'} l’objectif"
        if dessous:
            return f"{sujet} {'reste' if avant <= objectif else 'passe'} sous l’objectif"
        return f"{sujet} {'repasse' if avant <= objectif else 'reste'} au-dessus de l’objectif"
    if avant is None or dernier.valeur == avant:
        return f"{sujet} est de {write_taux(dernier)}"
    return f"{sujet} {'monte' if dernier.valeur > avant else 'baisse'} à {write_taux(dernier)}"


def find_keys(figures: dict[str, Comparaison], en_retard: int) -> str:
    """Sum the key figures up in two sentences: accidents, then absence and late visits."""
    at = figures["at_avec"]
    debut = _move("Les accidents avec arrêt", at, "reculent", "augmentent", "restent au nombre de")
    absence = figures["absenteisme_medical"]
    milieu = _move("l’absentéisme médical", absence, "recule", "monte", "reste à")
    if en_retard:
        fin = f"{count_of(en_retard, 'visite médicale,visites médicales')} {plural(en_retard, 'est,sont')}"
        return f"{debut}. {milieu[:1].upper()}{milieu[1:]} et {fin} en retard."
    return f"{debut}. {milieu[:1].upper()}{milieu[1:]} et aucune visite médicale n’est en retard."


def _move(sujet: str, deux: Comparaison, baisse: str, hausse: str, stable: str) -> str:
    """Say that a figure falls, rises or stays."""
    actuel, avant = write_taux(deux.actuel), write_taux(deux.avant)
    if deux.actuel.valeur is None:
        return f"{sujet} ne se calcule pas ({deux.actuel.raison})"
    if deux.ecart is None or actuel == avant:
        return f"{sujet} {stable} {actuel}"
    return f"{sujet} {baisse if deux.ecart < 0 else hausse} de {avant} à {actuel}"


def find_actions(ouvertes: int, en_retard: int) -> str:
    """Say how many actions are open and late."""
    if not ouvertes:
        return "Aucune action n’est ouverte."
    debut = f"{count_of(ouvertes, 'action ouverte,actions ouvertes')}"
    if not en_retard:
        return f"{debut}, aucune en retard sur son échéance."
    return f"{debut}, dont {format_number(en_retard)} en retard sur {plural(en_retard, 'son,leur')} échéance."


def find_a_jour(taux: Taux, en_retard: int, objectif: Decimal | None) -> str:
    """Say how many visits are up to date, and whether the target is met."""
    if taux.valeur is None:
        return f"La part des visites à jour ne se calcule pas{FINE}: {taux.raison}."
    retard = (
        f"{count_of(en_retard, 'visite')} {plural(en_retard, 'est,sont')} en retard"
        if en_retard
        else "aucune visite n’est en retard"
    )
    but = ""
    if objectif is not None:
        ou = "au-dessus" if taux.valeur >= objectif else "au-dessous"
        but = f", {ou} de l’objectif de {format_number(objectif, 0)}{FINE}%"
    return f"{write_taux(taux)} des visites sont à jour{but}{FINE}; {retard}."


def find_peak(mois: Sequence[tuple[str, int]]) -> str:
    """Say in which months accidents were most frequent, without naming anything else."""
    total = sum(n for _, n in mois)
    if not total:
        return "Aucun accident avec arrêt dans la période."
    haut = max(n for _, n in mois)
    noms = [nom for nom, n in mois if n == haut]
    debut = f"{count_of(total, 'accident')} avec arrêt dans la période."
    if len(mois) == 1 or haut == 1 or len(noms) > 2:
        return debut
    if len(noms) == 1:
        return f"{debut} Le mois le plus touché est {noms[0]}, avec {haut} accidents."
    return f"{debut} Les mois les plus touchés sont {' et '.join(noms)}, avec {haut} accidents chacun."
