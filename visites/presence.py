"""Reads a half-day as its attendance is said: its rows, their counters, and who takes a freed slot."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from nouvea_sst.lib.affichage import count_of
from visites.dossiers import read_groupes
from visites.enums import EtatDemiJournee, EtatVisite, Presence, Reponse
from visites.models import DemiJournee, MotifExcuse, Visite, VisiteDue
from visites.perms import can_manage
from visites.planning import read_cadre, read_candidates, read_limits, read_slots
from visites.querysets_presence import MANQUEE
from visites.rules.compteurs import Comptes, Passee, count_for
from visites.rules.manques import ABSENCE
from visites.rules.remplissage import fill, tell_why


def read_counts(visites: Iterable[Visite]) -> dict[int, Comptes]:
    """Return what was missed and excused for the occasion of each visit, in three queries."""
    lues = list(visites)
    comptes = Q(etat__in=[EtatVisite.REALISEE, EtatVisite.EXCUSE]) | MANQUEE
    passees = Visite.objects.filter(comptes, agent__in={v.agent_id for v in lues}, date__isnull=False)
    passees = passees.order_by("pk").only("agent_id", "date", "motif_id", "due_id", "etat", "excuse_comptee")
    dernier = max((visite.date for visite in lues if visite.date is not None), default=datetime.date.min)
    groupes = {motif: frozenset(noms) for motif, noms in read_groupes(dernier).items()}
    suites = read_missed_before(lues)
    siennes: dict[int, list[Passee]] = {}
    for visite in passees:
        siennes.setdefault(visite.agent_id, []).append(_read(visite, groupes))
    return {
        v.pk: count_for(
            _read(v, groupes)._replace(suite_de=suites.get(v.due_id or 0)), siennes.get(v.agent_id, [])
        )
        if v.date is not None
        else Comptes()
        for v in lues
    }


def read_missed_before(visites: Iterable[Visite]) -> dict[int, int]:
    """Return the missed visit that each of their visits due came of, by its key."""
    dues = VisiteDue.objects.filter(pk__in={v.due_id for v in visites if v.due_id})
    cles = dues.filter(cle__startswith=ABSENCE).order_by("pk").values_list("pk", "cle")
    return {pk: int(cle.removeprefix(ABSENCE)) for pk, cle in cles}


def _read(visite: Visite, groupes: Mapping[int, frozenset[str]]) -> Passee:
    return Passee(
        pk=visite.pk,
        agent=visite.agent_id,
        date=visite.date or datetime.date.max,
        motif=visite.motif_id,
        due=visite.due_id,
        tenue=visite.etat == EtatVisite.REALISEE,
        manquee=visite.manquee,
        excusee=visite.etat == EtatVisite.EXCUSE and not visite.excuse_comptee,
        groupes=groupes.get(visite.motif_id, frozenset()),
    )


@dataclass(frozen=True)
class LignePresence:
    """One appointment of a half-day, with its counters and what this account may say of it."""

    visite: Visite
    comptes: Comptes
    peut_dire: bool


def read_lines(user: Any, demi: DemiJournee) -> list[LignePresence]:
    """Return the appointments of a half-day by hour."""
    visites = Visite.objects.visible_to(user).filter(demi_journee=demi)
    visites = visites.exclude(etat=EtatVisite.ANNULEE).with_names().select_related("excuse")
    lues = list(visites.order_by("heure", "pk"))
    comptes = read_counts(lues)
    ouverte = demi.etat == EtatDemiJournee.OUVERTE
    return [
        LignePresence(
            v,
            comptes[v.pk],
            ouverte and v.etat != EtatVisite.REALISEE and can_manage(user, v),
        )
        for v in lues
    ]


def read_moved(user: Any, demi: DemiJournee) -> list[Visite]:
    """Return the visits that stood in this half-day and stand elsewhere now."""
    histoire: Any = Visite._meta.apps.get_model("visites", "HistoireVisite")
    passees = histoire.objects.filter(demi_journee_id=demi.pk, etat=EtatVisite.PLACEE)
    ailleurs = Visite.objects.visible_to(user).filter(pk__in=passees.values("pgh_obj_id"))
    ailleurs = ailleurs.exclude(demi_journee=demi).exclude(etat=EtatVisite.ANNULEE)
    return list(ailleurs.with_names().order_by("date", "heure", "pk"))


MOTS: dict[Presence | Reponse, str] = {
    Presence.PRESENT: "présent",
    Presence.ABSENT: "absent",
    Presence.EXCUSE: "excusé",
    Presence.VU: "vu",
    Reponse.CONFIRMEE: "confirmé",
    Presence.ATTENDU: "à dire,à dire",
    Reponse.ATTENDUE: "sans réponse,sans réponse",
}


def count_said(visites: Iterable[Visite], *, venue: bool) -> list[str]:
    """« 3 présents », « 1 à dire »: the outcomes of these visits; before the day, the answers of agents."""
    dites = [
        Reponse(v.reponse) if v.presence == Presence.ATTENDU and not venue else v.presence for v in visites
    ]
    return [count_of(dites.count(dite), mot) for dite, mot in MOTS.items() if dite in dites]


@dataclass(frozen=True)
class Remplacement:
    """A free hour, and who could take it: the next one by the rule of filling, with why."""

    heure: datetime.time
    candidat: Any
    pourquoi: str


def read_substitutes(
    user: Any, demi: DemiJournee, visites: list[Visite], jour: datetime.date, heure: datetime.time
) -> list[Remplacement]:
    """Return who takes each free hour of a half-day that is still to come on this day at this hour."""
    if demi.date < jour:
        return []
    absences, chomes = read_limits([demi])
    lue = read_slots(demi, visites, absences.get(demi.professionnel_id, []), chomes.get(demi.date, ""))
    cadre = read_cadre(lue, jour, heure)
    if not cadre.heures:
        return []
    proposes = fill(cadre, read_candidates(user, demi, jour)).proposes
    return [
        Remplacement(heure, candidat, tell_why(cadre, candidat))
        for heure, candidat in zip(cadre.heures, proposes, strict=False)
    ]


def reasons_on(jour: datetime.date) -> Sequence[MotifExcuse]:
    """Return the reasons of an excuse that hold on this day."""
    return list(MotifExcuse.objects.offered_on(jour))
