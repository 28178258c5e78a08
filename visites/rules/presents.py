"""What may be said of a visit, and when it may be said again."""

import datetime

from visites.enums import Presence

DITS = {Presence.PRESENT: "la présence", Presence.ABSENT: "l’absence"}


def refuse_presence(
    *,
    jour: datetime.date,
    date: datetime.date | None,
    dite: Presence,
    deja_le: datetime.date | None,
) -> str:
    """Sentence that refuses to say this of a visit on this day; empty when it may.

    `deja_le`: the day on which something was already said of it, None when nothing was.
    """
    if date is None:
        return "Cette visite n’a pas de date."
    if deja_le is not None and deja_le != jour:
        return f"Ce qui a été dit le {deja_le:%d/%m/%Y} ne se corrige que ce jour-là."
    if dite in DITS and date > jour:
        return f"La visite est placée le {date:%d/%m/%Y} : attendez ce jour pour dire {DITS[dite]}."
    return ""


def refuse_answer(*, jour: datetime.date, date: datetime.date | None) -> str:
    """Sentence that refuses the answer of an agent to his appointment; empty while its day is not past."""
    if date is None:
        return "Cette visite n’a pas de date."
    if date < jour:
        return f"Le rendez-vous du {date:%d/%m/%Y} est passé : il n’y a plus rien à répondre."
    return ""
