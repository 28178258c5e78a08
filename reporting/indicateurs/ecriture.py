"""How a figure, its change and a period are written in French."""

from decimal import ROUND_HALF_UP, Decimal

from nouvea_sst.lib.affichage import FINE, INSECABLE, MOIS, format_date, format_number
from nouvea_sst.lib.dates import Periode
from reporting.rules.periodes import is_whole_months
from reporting.rules.taux import NON_CALCULE, Comparaison, Definition, Taux

NOMBRES = ("", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze")


def write_value(valeur: Decimal | None, definition: Definition) -> str:
    """Write a value with its unit; « n.c. » without one."""
    if valeur is None:
        return NON_CALCULE
    nombre = format_number(valeur, definition.decimales)
    if definition.unite == "%":
        return f"{nombre}{FINE}%"
    return f"{nombre}{INSECABLE}{definition.unite}" if definition.unite in {"h", "j"} else nombre


def write_taux(taux: Taux) -> str:
    """Write a figure."""
    return write_value(taux.valeur, taux.definition)


def write_ecart(deux: Comparaison) -> str:
    """Write the change with its sign: « +0,5 pt », « −7 », « = »; nothing when it cannot be known.

    It is the change of the figures as they are shown, so that who subtracts finds the same.
    """
    ecart = shown_change(deux)
    if ecart is None:
        return ""
    if not ecart:
        return "="
    unite = {"%": f"{INSECABLE}pt", "h": f"{INSECABLE}h", "j": f"{INSECABLE}j"}.get(deux.definition.unite, "")
    signe = "+" if ecart > 0 else ""
    return f"{signe}{format_number(ecart, deux.definition.decimales)}{unite}"


def shown_change(deux: Comparaison) -> Decimal | None:
    """Return the difference of both figures as rounded for display."""
    if deux.actuel.valeur is None or deux.avant.valeur is None:
        return None
    pas = Decimal(1).scaleb(-deux.definition.decimales)
    return deux.actuel.valeur.quantize(pas, ROUND_HALF_UP) - deux.avant.valeur.quantize(pas, ROUND_HALF_UP)


def write_part(taux: Taux) -> str:
    """Write what a rate was made of: « 27 pour 2 194 000 »; nothing for a plain count."""
    if taux.numerateur is None or taux.denominateur is None:
        return ""
    return f"{format_number(taux.numerateur.normalize())} / {format_number(taux.denominateur, 0)}"


def write_evolution(deux: Comparaison) -> str:
    """Write the change of a count in percent: « −21 % »; nothing on a small or missing base."""
    if deux.ecart is None or not deux.avant.valeur or deux.avant.valeur < 20:
        return ""
    taux = (deux.ecart * 100 / deux.avant.valeur).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{'+' if taux > 0 else ''}{format_number(taux, 0)}{FINE}%"


def write_period(periode: Periode) -> str:
    """Write a period as in a title: « du 1er janvier au 30 juin 2026 »."""
    debut = f"{_day(periode.debut.day)} {MOIS[periode.debut.month - 1]}"
    fin = f"{_day(periode.fin.day)} {MOIS[periode.fin.month - 1]} {periode.fin.year}"
    annee = "" if periode.debut.year == periode.fin.year else f" {periode.debut.year}"
    return f"du {debut}{annee} au {fin}"


def write_dates(periode: Periode) -> str:
    """Write a period in figures: « Du 01/01/2026 au 31/10/2026 »."""
    return f"Du {format_date(periode.debut)} au {format_date(periode.fin)}"


def _day(numero: int) -> str:
    """Write the day of a month."""
    return "1er" if numero == 1 else str(numero)


def write_duration(periode: Periode) -> str:
    """Write how long: « en dix mois », « en un an », else the dates."""
    mois = len(list(periode.months()))
    if not is_whole_months(periode):
        return write_period(periode)
    if mois <= 12:
        return "en un an" if mois == 12 else f"en {NOMBRES[mois]} mois"
    return f"en {format_number(mois)} mois"


def name_year(periode: Periode) -> str:
    """Name a period by its year, or by its two years."""
    debut, fin = periode.debut.year, periode.fin.year
    return str(fin) if debut == fin else f"{debut}-{fin}"


def than_before(periode: Periode) -> str:
    """Write what this period is compared with: « en 2025 », else « un an avant »."""
    avant = periode.year_before()
    return f"en {avant.fin.year}" if avant.debut.year == avant.fin.year else "un an avant"
