"""Dates as files write them; the order of day and month is found by reading the whole column."""

import datetime
import re
from collections.abc import Iterable
from enum import StrEnum

from nouvea_sst.lib.texte import fold

# What legacy files write for « no date »: 1 January of year 1, zeros, the end of time.
SANS_DATE = frozenset(
    {
        "0", "00000000", "0001-01-01", "01/01/0001", "00/00/0000", "0000-00-00",
        "9999-12-31", "31/12/9999", "99999999", "99991231",
    }
)  # fmt: skip
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
TROIS_NOMBRES = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: \d{1,2}:\d{2}.*)?")
COMPACTE = re.compile(r"\d{8}")
SERIE = re.compile(r"\d{5}")
EN_LETTRES = re.compile(r"(\d{1,2})(?:er)? (\w+) (\d{4}|\d{2})")
MOIS = {
    **{m[:4]: n for n, m in enumerate(("janv", "fevr", "mars", "avri", "mai", "juin"), 1)},
    **{m[:4]: n for n, m in enumerate(("juil", "aout", "sept", "octo", "nove", "dece"), 7)},
    **{"fev": 2, "avr": 4, "oct": 10, "nov": 11, "dec": 12, "jan": 1, "feb": 2, "apr": 4, "may": 5},
    **{"jun": 6, "jul": 7, "aug": 8, "sep": 9, "mar": 3, "juin": 6, "july": 7, "june": 6},
}
ORIGINE_EXCEL = datetime.date(1899, 12, 30)
UN_JOUR = datetime.timedelta(days=1)
ANNEES = range(1900, 2101)
INEXISTANTE = "Cette date n’existe pas. Corrigez le fichier, puis importez-le à nouveau."
ILLISIBLE = "Ce n’est pas une date. Écrivez-la jour/mois/année."


class Ordre(StrEnum):
    """Order of the numbers of a date."""

    JMA = "jma"
    MJA = "mja"


class DateInvalide(ValueError):
    """Not a date; the message says why in French."""


def find_order(valeurs: Iterable[object]) -> Ordre | None:
    """Return the order that the column proves: a number above 12 can only be a day. None when none does."""
    jours_devant = jours_derriere = 0
    for valeur in valeurs:
        if isinstance(valeur, str) and (trouve := TROIS_NOMBRES.fullmatch(valeur.strip())):
            jours_devant += int(trouve[1]) > 12
            jours_derriere += int(trouve[2]) > 12
    if jours_devant == jours_derriere:
        return None
    return Ordre.JMA if jours_devant > jours_derriere else Ordre.MJA


def find_writings(valeurs: Iterable[object]) -> set[str]:
    """Return how the texts of dates are written: « nombres », « ambigus » among them, « iso »."""
    trouvees = set()
    for valeur in valeurs:
        if not isinstance(valeur, str):
            continue
        if trouve := TROIS_NOMBRES.fullmatch(valeur.strip()):
            un, deux = int(trouve[1]), int(trouve[2])
            trouvees |= {"nombres", *(["ambigus"] if un <= 12 and deux <= 12 and un != deux else [])}
        elif ISO.fullmatch(valeur.strip()) and valeur.strip() not in SANS_DATE:
            trouvees.add("iso")
    return trouvees


def looks_like_date(valeur: object) -> bool:
    """Whether a cell has the shape of a date, real or not; bare numbers do not count."""
    if isinstance(valeur, datetime.date):
        return True
    texte = str(valeur or "").strip()
    return bool(ISO.fullmatch(texte) or TROIS_NOMBRES.fullmatch(texte) or _spelled(texte))


def parse_date(valeur: object, ordre: Ordre = Ordre.JMA, pivot: int = 50) -> datetime.date | None:
    """Return the day, or None for what legacy files write for « no date ».

    Two-digit years up to pivot are of this century. Raises DateInvalide.
    """
    if valeur is None:
        return None
    if isinstance(valeur, datetime.date):
        jour = valeur.date() if isinstance(valeur, datetime.datetime) else valeur
        return None if jour.year in {1, 9999} else _plausible(jour)
    texte = str(valeur).strip().removesuffix(".0")
    if not texte or texte in SANS_DATE or texte.split("T")[0].split(" ")[0] in SANS_DATE:
        return None
    annee, mois, numero = _numbers(texte, ordre, pivot)
    try:
        return _plausible(datetime.date(annee, mois, numero))
    except DateInvalide:
        raise
    except ValueError as erreur:
        raise DateInvalide(INEXISTANTE) from erreur


def _numbers(texte: str, ordre: Ordre, pivot: int) -> tuple[int, int, int]:
    """Return year, month, day as written. Raises DateInvalide when the text has no shape of a date."""
    if trouve := ISO.fullmatch(texte):
        return int(trouve[1]), int(trouve[2]), int(trouve[3])
    if trouve := TROIS_NOMBRES.fullmatch(texte):
        un, deux = int(trouve[1]), int(trouve[2])
        jour, mois = (un, deux) if ordre == Ordre.JMA else (deux, un)
        return _full_year(trouve[3], pivot), mois, jour
    if COMPACTE.fullmatch(texte):
        return int(texte[:4]), int(texte[4:6]), int(texte[6:])
    if SERIE.fullmatch(texte):
        jour_excel = ORIGINE_EXCEL + datetime.timedelta(days=int(texte))
        return jour_excel.year, jour_excel.month, jour_excel.day
    if ecrit := _spelled(texte):
        return _full_year(ecrit[2], pivot), ecrit[1], ecrit[0]
    raise DateInvalide(ILLISIBLE)


def _spelled(texte: str) -> tuple[int, int, str] | None:
    """Return day, month, year of « 12 mars 2019 » or « 12-mars-19 »."""
    trouve = EN_LETTRES.fullmatch(fold(texte))
    if not trouve:
        return None
    mois = MOIS.get(trouve[2][:4]) or MOIS.get(trouve[2][:3])
    return (int(trouve[1]), mois, trouve[3]) if mois else None


def _full_year(texte: str, pivot: int) -> int:
    annee = int(texte)
    if len(texte) == 4:
        return annee
    return annee + (2000 if annee <= pivot else 1900)


def _plausible(jour: datetime.date) -> datetime.date:
    if jour.year not in ANNEES:
        raise DateInvalide(f"L’année {jour.year} n’est pas vraisemblable.")
    return jour
