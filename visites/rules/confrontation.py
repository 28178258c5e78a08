"""Holds what is due today against what was due before: created, changed, kept, closed."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from visites.enums import Cloture, EtatDue
from visites.rules.bareme import Proposition, Reponse
from visites.rules.echeance import FaitsAgent


class DueConnue(NamedTuple):
    """A visit due as it stands before the calculation, in the order in which dossiers.DUE reads it."""

    agent: int
    cle: str
    pk: int
    etat: str
    regle: int
    famille: str
    motif: int
    fait_le: datetime.date | None
    calculee: datetime.date | None
    choisie: datetime.date | None
    echeance: datetime.date | None
    priorite: int
    absences: int
    preuve: dict[str, Any]
    raison_choix: str = ""
    choisie_par: str = ""
    ecartee_parce_que: str = ""


REOUVERTE = {
    "libelle": "Proposée de nouveau",
    "valeur": "elle avait été écartée, et ses faits la rendent due pour un autre motif",
}


@dataclass(slots=True)
class Fin:
    """A visit that is no longer due, and why."""

    due: DueConnue
    cloture: Cloture
    preuve: dict[str, Any]


@dataclass(slots=True)
class Ecarts:
    """What a calculation changes for one agent."""

    creees: list[Proposition] = field(default_factory=list)
    modifiees: list[tuple[DueConnue, Proposition]] = field(default_factory=list)
    gardees: list[DueConnue] = field(default_factory=list)
    closes: list[Fin] = field(default_factory=list)


def confront(reponse: Reponse, connues: Mapping[str, DueConnue]) -> Ecarts:
    """Return what changes for an agent; what a person put aside stays so while its motive is the same.

    Of the occasions that are closed `connues` holds those for which a person set a day: it holds again.
    """
    ecarts, vues = Ecarts(), set()
    for due in reponse.dues:
        connue = connues.get(due.cle)
        vues.add(due.cle)
        if connue is not None and connue.ecartee_parce_que and _comes_back(connue, due):
            due.preuve["faits"] = [*due.preuve["faits"], REOUVERTE]
        if connue is None:
            ecarts.creees.append(due)
        elif connue.etat == EtatDue.ECARTEE and connue.motif == due.motif:
            continue
        elif connue.etat == EtatDue.OUVERTE and same(connue, due):
            ecarts.gardees.append(connue)
        else:
            ecarts.modifiees.append((connue, due))
    for cle, connue in connues.items():
        if cle not in vues and connue.etat == EtatDue.OUVERTE:
            ecarts.closes.append(_close(reponse, connue))
    return ecarts


def _comes_back(connue: DueConnue, due: Proposition) -> bool:
    """Whether a visit put aside is due again; one taken up by a person keeps no reason."""
    return connue.etat == EtatDue.OUVERTE or connue.etat == EtatDue.ECARTEE and connue.motif != due.motif


def same(connue: DueConnue, due: Proposition) -> bool:
    """Whether nothing of what the calculation writes has changed."""
    return (
        connue.calculee == due.jour
        and connue.regle == due.regle.pk
        and connue.motif == due.motif
        and connue.fait_le == due.fait_le
        and connue.priorite == due.priorite
        and connue.absences == due.absences
        and connue.preuve == due.preuve
    )


def _close(reponse: Reponse, connue: DueConnue) -> Fin:
    """Why a visit is no longer due: held, excluded, or its fact is gone."""
    visite, quoi = reponse.servies.get(connue.cle), ""
    base, hors = reponse.base, reponse.exclues.get(connue.cle) or reponse.exclusion
    if visite is not None:
        pk, date = visite.pk, visite.date
    elif base.derniere_visite is not None and _overtaken(connue, base):
        pk, date = base.derniere_visite_pk or 0, base.derniere_visite
        quoi = ", examen d’aptitude d’un autre motif" if base.autre_motif else ""
    elif hors is not None:
        return Fin(connue, Cloture.EXCLU, connue.preuve | {"exclusion": hors["calcul"]})
    else:
        return Fin(connue, Cloture.SANS_OBJET, connue.preuve)
    tenue = {
        "libelle": "Visite tenue",
        "valeur": f"{date:%d/%m/%Y}{quoi}",
        "url_name": "visites:visite",
        "pk": pk,
    }
    return Fin(connue, Cloture.TENUE, connue.preuve | {"tenue": tenue})


def _overtaken(connue: DueConnue, base: FaitsAgent) -> bool:
    """Whether the follow-up has run anew since, from another visit."""
    if base.derniere_visite is None or connue.fait_le is not None and base.derniere_visite < connue.fait_le:
        return False
    suivi = connue.cle.startswith(("visite:", "embauche:"))
    return suivi and connue.cle != f"visite:{base.derniere_visite_pk}"
