"""Leaves of accidents: days of incapacity, what a relapse or a prolongation belongs to (sirh.md §3.3)."""

import datetime
from collections.abc import Collection

from agents.rules.absences import Arret

RECHUTE = 78  # code of the former software


def count_itt(
    arret: Arret, *, suite: bool, sans_arret: bool, date_accident: datetime.date | None = None
) -> int:
    """Days of incapacity of a leave: none without leave, every day of a relapse or a prolongation.

    The day of the accident is not counted: it is the first of its leave, unless another day is known.
    """
    if sans_arret:
        return 0
    jours = (arret.fin - arret.debut).days + 1
    avant = date_accident is not None and date_accident < arret.debut
    return jours if suite or avant else jours - 1


def check_accident(
    arret: Arret,
    *,
    rechute: bool,
    prolongation: bool,
    debut_accident: datetime.date | None,
    date_accident: datetime.date | None,
    dates_prises: Collection[datetime.date],
    jour: datetime.date,
) -> dict[str, str]:
    """Return what makes no sense in the leave of an accident, in French by field.

    debut_accident: first day of the accident that it belongs to. dates_prises: those of the agent's others.
    """
    if rechute and debut_accident is None:
        return {"accident": "Une rechute se rattache à un accident : choisissez-le."}
    if debut_accident is not None:
        if not rechute and not prolongation:
            return {"accident": "Seules une rechute ou une prolongation se rattachent à un accident."}
        if arret.debut < debut_accident:
            return {"accident": f"Cet accident a commencé après, le {debut_accident:%d/%m/%Y}."}
        return {}
    if date_accident is None:
        return {}
    if date_accident > jour:
        return {"date_accident": "L’accident ne peut pas être à venir."}
    if date_accident > arret.debut:
        return {"date_accident": "L’arrêt ne peut pas commencer avant l’accident."}
    if date_accident in dates_prises and not prolongation:
        return {"date_accident": f"L’agent a déjà un accident le {date_accident:%d/%m/%Y}."}
    return {}
