"""The charts of the dashboard and of the pack, from plain numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from nouvea_sst.lib.affichage import MOIS
from nouvea_sst.lib.dates import Periode
from nouvea_sst.lib.graphiques import MOIS_COURTS, Colonnes, Courbe, Serie
from reporting.indicateurs.calcul import why_no_hours
from reporting.indicateurs.constats import find_accidents, find_tf1, find_visites
from reporting.indicateurs.faits import Collecte
from reporting.rules.indicateurs import compute_tf1
from reporting.rules.periodes import Mois, month_period, rolling_years
from reporting.rules.taux import Taux
from signalements.enums import NatureAccident

Adresse = Callable[[Periode], str]


@dataclass(frozen=True)
class ParMois:
    """Counts of each month of the period, and of the same months a year before."""

    mois: Sequence[Mois]
    actuel: Sequence[int]
    avant: Sequence[int]


def no_address(_periode: Periode) -> str:
    """On paper nothing is a link."""
    return ""


def clip_month(mois: Mois, periode: Periode) -> Periode:
    """Return the part of the month that lies in the period."""
    entier = month_period(*mois)
    return Periode(max(entier.debut, periode.debut), min(entier.fin, periode.fin))


def count_by_month(periode: Periode, compte: Callable[[Periode], int]) -> ParMois:
    """Count each month of the period and the same month a year before."""
    avant = periode.year_before()
    mois = list(periode.months())
    return ParMois(
        mois,
        [compte(clip_month(m, periode)) for m in mois],
        [compte(clip_month(m, avant)) for m in avant.months()],
    )


def accidents_by_month(collecte: Collecte) -> ParMois:
    """Accidents of service with leave, by month."""
    return count_by_month(
        collecte.periode, lambda p: collecte.accidents_in(p, NatureAccident.SERVICE, avec_arret=True)
    )


def visites_by_month(collecte: Collecte) -> ParMois:
    """Visits held, by month."""
    return count_by_month(collecte.periode, collecte.visites_in)


def rolling_tf1(collecte: Collecte, annees: int) -> list[tuple[Periode, Taux]]:
    """Frequency rate of the twelve months to the end of the period and of the years before, while known."""
    taux = []
    for fenetre in rolling_years(collecte.periode.fin, annees):
        heures = collecte.heures_in(fenetre)
        at = collecte.accidents_in(fenetre, NatureAccident.SERVICE, avec_arret=True)
        taux.append((fenetre, compute_tf1(at, heures.heures, why_no_hours(heures))))
    while len(taux) > 1 and taux[0][1].valeur is None:
        taux.pop(0)
    return taux


def name_months(mois: Sequence[Mois]) -> list[str]:
    """Name months shortly, with the year in January when there are several years."""
    plusieurs = len({annee for annee, _ in mois}) > 1
    return [f"{MOIS_COURTS[m - 1]} {a % 100:02d}" if plusieurs else MOIS_COURTS[m - 1] for a, m in mois]


def name_two(periode: Periode) -> tuple[str, str]:
    """Name the two periods of a comparison: « 2025 », « 2026 », else « un an avant », « la période »."""
    if periode.debut.year == periode.fin.year:
        return str(periode.fin.year - 1), str(periode.fin.year)
    return "un an avant", "la période"


def draw_accidents(lignes: ParMois, periode: Periode, adresse: Adresse = no_address) -> Colonnes:
    """Columns of accidents with leave, this year beside last."""
    avant = periode.year_before()
    noms = name_two(periode)
    return Colonnes(
        titre=find_accidents(sum(lignes.actuel), sum(lignes.avant), periode),
        note="Par mois, trajet à part.",
        libelles=name_months(lignes.mois),
        series=[
            Serie(noms[0], lignes.avant, [adresse(clip_month(m, avant)) for m in avant.months()]),
            Serie(noms[1], lignes.actuel, [adresse(clip_month(m, periode)) for m in lignes.mois]),
        ],
    )


def draw_visites(lignes: ParMois, periode: Periode) -> Colonnes:
    """Columns of visits held, this year beside last."""
    noms = name_two(periode)
    return Colonnes(
        titre=find_visites(sum(lignes.actuel), sum(lignes.avant), periode),
        note="Par mois.",
        libelles=name_months(lignes.mois),
        series=[Serie(noms[0], lignes.avant), Serie(noms[1], lignes.actuel)],
    )


def draw_tf1(
    points: Sequence[tuple[Periode, Taux]], objectif: Decimal | None, adresse: Adresse = no_address
) -> Courbe:
    """Line of the frequency rate over the years, with its target."""
    fin = points[-1][0].fin
    return Courbe(
        titre=find_tf1([taux for _, taux in points], objectif),
        note=(
            "TF1, accidents avec arrêt par million d’heures, douze mois glissants "
            f"jusqu’à fin {MOIS[fin.month - 1]}"
        ),
        libelles=[str(p.fin.year) for p, _ in points],
        series=[Serie("TF1", [as_float(t.valeur) for _, t in points], [adresse(p) for p, _ in points])],
        decimales=1,
        objectif=as_target(objectif),
    )


def as_float(valeur: Decimal | None) -> float | None:
    """Round a rate for a drawing."""
    return None if valeur is None else float(valeur.quantize(Decimal("0.01"), ROUND_HALF_UP))


def as_target(valeur: Decimal | None) -> float | None:
    """Return a target so that a whole one is written without decimals."""
    if valeur is not None and valeur == valeur.to_integral_value():
        return int(valeur)
    return as_float(valeur)
