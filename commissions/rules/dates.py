"""On which days a session may be held."""

import datetime

JOURS_CHOMES = {5: "samedi", 6: "dimanche"}


class JourRefuse(ValueError):
    """No session may be held on this day; the message says why."""


def check_day(date: datetime.date, ferie: str, au_plus_tot: datetime.date | None = None) -> None:
    """Raise JourRefuse for a weekend, a day off (`ferie` names it) or a day before `au_plus_tot`."""
    if au_plus_tot and date < au_plus_tot:
        raise JourRefuse(f"Le {date:%d/%m/%Y} est déjà passé : choisissez un jour à venir.")
    if ferie:
        raise JourRefuse(f"Le {date:%d/%m/%Y} est un jour chômé ({ferie}) : choisissez un jour ouvré.")
    if date.weekday() in JOURS_CHOMES:
        raise JourRefuse(
            f"Le {date:%d/%m/%Y} est un {JOURS_CHOMES[date.weekday()]} : choisissez un jour ouvré."
        )
