"""Visits that contradict what is known of the agent, or each other. Nothing of what they found is told.

A visit without a motive cannot stand: the database asks for one.
"""

import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from agents.models import Absence
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.contradictions import Contradiction, Gravite
from visites.enums import EtatVisite
from visites.models import Restriction, Visite

VISITES = ("visites.view_visite", "agents.view_carriere")


def _visits(user: Any) -> Any:
    return Visite.objects.visible_to(user)


def _read(lignes: Any, user: Any) -> QuerySet:
    return lignes.select_related("agent__structure")


def _when(visite: Any) -> str:
    """« Placée le 24/11/2026 »."""
    return f"{EtatVisite(visite.etat).label} le {format_date(visite.date)}"


def _after_departure(user: Any, jour: datetime.date) -> QuerySet:
    return _visits(user).exclude(etat=EtatVisite.ANNULEE).filter(date__gt=F("agent__date_depart"))


def _twice_the_same_day(user: Any, jour: datetime.date) -> QuerySet:
    avant = Visite.objects.held().filter(
        agent=OuterRef("agent"), date=OuterRef("date"), motif=OuterRef("motif"), pk__lt=OuterRef("pk")
    )
    return _visits(user).held().filter(Exists(avant))


def _in_an_absence(user: Any, jour: datetime.date) -> QuerySet:
    absences = (
        Absence.objects.visible_to(user)
        .with_days()
        .filter(agent=OuterRef("agent"), date_debut__lt=OuterRef("date"), date_fin__gt=OuterRef("date"))
    )
    return _visits(user).filter(Exists(absences), etat=EtatVisite.PLACEE, date__gte=jour)


def _somebody_else(user: Any, jour: datetime.date) -> QuerySet:
    return Restriction.objects.visible_to(user).filter(~Q(visite__agent=F("agent")))


def contradictions() -> tuple[Contradiction, ...]:
    """What this app declares."""
    return (*_impossible(), *_to_look_at(), _mistied())


VISITE: dict[str, Any] = {
    "nom": "visite",
    "agent": "agent",
    "lire": _read,
    "dire": _when,
    "geste": "Ouvrir la visite",
    "droit": "visites.view_visite",
    "reparer": lambda visite: reverse("visites:visite", args=[visite.pk]),
    "ouvrir": lambda visite: reverse("visites:visite", args=[visite.pk]),
    "droits": VISITES,
}
DEPLACER: dict[str, Any] = VISITE | {
    "geste": "Déplacer la visite",
    "droit": "visites.plan_visite",
    "reparer": lambda visite: reverse("visites:deplacer", args=[visite.pk]),
    "droits": (*VISITES, "agents.view_absence"),
}
PARTI: dict[str, Any] = VISITE | {
    "dire": lambda visite: f"{_when(visite)} ; parti le {format_date(visite.agent.date_depart)}"
}


def _impossible() -> tuple[Contradiction, ...]:
    """What cannot be true of a visit."""
    return (
        Contradiction(
            code="visite-apres-depart",
            libelle="Visite après le départ",
            pourquoi="L’agent avait quitté la Ville : la visite s’annule, ou la date de départ est fausse.",
            gravite=Gravite.ERREUR,
            question=_after_departure,
            **PARTI,
        ),
        Contradiction(
            code="visite-a-venir-realisee",
            libelle="Visite réalisée à une date à venir",
            pourquoi="Une visite qui n’a pas encore eu lieu ne peut être conclue : sa date est fausse.",
            gravite=Gravite.ERREUR,
            question=lambda user, jour: _visits(user).held().filter(date__gt=jour),
            **VISITE,
        ),
    )


def _to_look_at() -> tuple[Contradiction, ...]:
    """What is hard to believe of a visit."""
    return (
        Contradiction(
            code="visite-deux-fois",
            libelle="Deux visites réalisées le même jour pour le même motif",
            pourquoi="Sans doute la même visite, saisie ou importée deux fois.",
            gravite=Gravite.DOUTE,
            question=_twice_the_same_day,
            **VISITE,
        ),
        Contradiction(
            code="visite-sans-suite",
            libelle="Visite passée, ni conclue ni manquée",
            pourquoi="Son jour est passé : elle a eu lieu, l’agent n’est pas venu, ou elle a été annulée.",
            gravite=Gravite.DOUTE,
            question=lambda user, jour: _visits(user).filter(etat=EtatVisite.PLACEE, date__lt=jour),
            **VISITE,
        ),
        Contradiction(
            code="visite-pendant-absence",
            libelle="Visite placée pendant une absence",
            pourquoi="L’agent est absent ce jour-là : sauf visite de préreprise, elle se déplace.",
            gravite=Gravite.DOUTE,
            question=_in_an_absence,
            **DEPLACER,
        ),
    )


def _mistied() -> Contradiction:
    """A measure of somebody else than its visit."""
    return Contradiction(
        code="mesure-autre-agent",
        libelle="Restriction d’un autre agent que sa visite",
        nom="restriction",
        pourquoi="Une restriction vient d’une visite du même agent : l’une des deux est mal rattachée.",
        gravite=Gravite.ERREUR,
        question=_somebody_else,
        lire=_read,
        dire=lambda mesure: f"En vigueur depuis le {format_date(mesure.date_debut)}",
        geste="Ouvrir les restrictions",
        droit="visites.view_mesures",
        reparer=lambda mesure: reverse("visites:restrictions_agent", args=[mesure.agent_id]),
        ouvrir=lambda mesure: reverse("visites:restrictions_agent", args=[mesure.agent_id]),
        droits=("visites.view_mesures", "agents.view_carriere"),
        agent="agent",
    )
