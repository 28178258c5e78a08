"""Whether an agent is there on the day of a visit: his hire, his departure and his position of that day."""

import datetime
from typing import Any

from visites.enums import Declencheur
from visites.rules.bareme import Faits, Position, Proposition, Reponse
from visites.rules.echeance import excluded_on
from visites.rules.positions import cover_fact, position_on


def absent_on(faits: Faits, jour: datetime.date) -> dict[str, Any] | None:
    """The proof that the agent has no follow-up on this day; None when he has one."""
    hors = excluded_on(faits.base, jour)
    return hors.preuve if hors is not None else _out_of_staff(faits, jour)


def leave_out_absent(faits: Faits, jour: datetime.date, reponse: Reponse) -> None:
    """Take away what falls on a day when the agent is not there; what is late is for today."""
    ce_jour = absent_on(faits, jour)
    toujours = all(position.dans_effectif and not position.couvre for position in faits.positions)
    if ce_jour is None and faits.base.depart is None and toujours:
        return
    gardees: list[Proposition] = []
    for due in reponse.dues:
        quand = _day_of_visit(due, jour)
        hors = ce_jour if quand == jour else absent_on(faits, quand)
        if hors is None:
            _say_covered(due, position_on(faits.positions, quand))
            gardees.append(due)
        elif quand == jour:
            reponse.exclues[due.cle] = hors
        else:
            calcul = f"{hors['calcul']} La visite serait due le {quand:%d/%m/%Y}."
            reponse.exclues[due.cle] = hors | {"calcul": calcul}
    reponse.dues = gardees
    reponse.exclusion = ce_jour
    if ce_jour is None and not gardees:
        reponse.exclusion = next(iter(reponse.exclues.values()), None)


def _day_of_visit(due: Proposition, jour: datetime.date) -> datetime.date:
    """The day on which it would be held; a return to the staff is judged on the day of the return."""
    quand = due.fait_le if due.regle.code == Declencheur.POSITION else due.jour
    return max(quand or jour, jour)


def _out_of_staff(faits: Faits, jour: datetime.date) -> dict[str, Any] | None:
    position = position_on(faits.positions, jour)
    if position is None or position.dans_effectif:
        return None
    fin = f" au {position.fin:%d/%m/%Y}" if position.fin else ""
    tenue = {"libelle": "Position", "valeur": f"{position.libelle}, du {position.debut:%d/%m/%Y}{fin}"}
    return {
        "exclusion": "hors_effectif",
        "regle": "Le suivi médical reprend avec l’activité : avant, aucune visite n’est due.",
        "version": "",
        "source": "",
        "fiabilite": "",
        "faits": [tenue, *cover_fact(position)],
        "calcul": "En position hors effectif.",
    }


def _say_covered(due: Proposition, position: Position | None) -> None:
    """Say in its proof that the agent is there although a position that began before says otherwise."""
    lignes = cover_fact(position) if position is not None else []
    if lignes and lignes[0] not in due.preuve["faits"]:
        due.preuve = due.preuve | {"faits": [*due.preuve["faits"], *lignes]}
