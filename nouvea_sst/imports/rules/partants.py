"""The day of a file, and how many may leave at once."""

import datetime
import re

_JOUR = re.compile(
    r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)|(?<!\d)(\d{2})[-_.](\d{2})[-_.](\d{4})(?!\d)"
)


def find_day(nom: str, jour: datetime.date) -> datetime.date | None:
    """Return the day that the name of a file says, when it is past by this day; None when it says none.

    >>> find_day("registre_2026-11-20.csv", datetime.date(2026, 11, 24))
    datetime.date(2026, 11, 20)
    """
    for trouve in _JOUR.finditer(nom):
        annee, mois, numero = trouve[1] or trouve[6], trouve[2] or trouve[5], trouve[3] or trouve[4]
        try:
            dit = datetime.date(int(annee), int(mois), int(numero))
        except ValueError:
            continue
        if jour - datetime.timedelta(days=366) <= dit <= jour:
            return dit
    return None


def day_of_file(nom: str, jour: datetime.date) -> datetime.date:
    """Return the day that the name of a file says, when it is past; else the day it was brought."""
    return find_day(nom, jour) or jour


def too_many(nombre: int, effectif: int, part: int) -> bool:
    """Whether more than this share, in hundredths, of those whom the file should hold would leave."""
    return nombre * 100 > effectif * part
