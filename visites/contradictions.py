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
    absences = Absence.objects.visible_to(user).filter(
        agent=OuterRef("agent"), date_debut__lt=OuterRef("date"), date_fin__gt=OuterRef("date")
    )
    return _visits(user).filter(Exists(absences), etat=EtatVisite.PLACEE, date__gte=jour)


def _somebody_else(user: Any, jour: datetime.date) -> QuerySet:
    return Restriction.objects.visible_to(user).filter(~Q(visite__agent=F("agent")))


def contradictions() -> tuple[Contradiction, ...]:
    """What this app declares."""
    visite: dict[str, Any] = {
        "nom": "visite",
        "agent": "agent",
        "lire": _read,
        "dire": _when,
        "ouvrir": lambda v: reverse("visites:visite", args=[v.pk]),
        "droits": VISITES,
    }
    annuler: dict[str, Any] = visite | {
        "geste": "Ouvrir la visite",
        "droit": "visites.view_visite",
        "reparer": visite["ouvrir"],
    }
    return (
        Contradiction(
            code="visite-apres-depart",
            libelle="Visite après le départ",
            pourquoi="L’agent avait quitté la Ville : la visite s’annule, ou la date de départ est fausse.",
            gravite=Gravite.ERREUR,
            question=_after_departure,
            **annuler | {"dire": lambda v: f"{_when(v)} ; parti le {format_date(v.agent.date_depart)}"},
        ),
        Contradiction(
            code="visite-a-venir-realisee",
            libelle="Visite réalisée à une date à venir",
            pourquoi="Une visite qui n’a pas encore eu lieu ne peut être conclue : sa date est fausse.",
            gravite=Gravite.ERREUR,
            question=lambda user, jour: _visits(user).held().filter(date__gt=jour),
            **annuler,
        ),
        Contradiction(
            code="visite-deux-fois",
            libelle="Deux visites réalisées le même jour pour le même motif",
            pourquoi="Sans doute la même visite, saisie ou importée deux fois.",
            gravite=Gravite.DOUTE,
            question=_twice_the_same_day,
            **annuler,
        ),
        Contradiction(
            code="visite-sans-suite",
            libelle="Visite passée, ni conclue ni manquée",
            pourquoi="Son jour est passé : elle a eu lieu, l’agent n’est pas venu, ou elle a été annulée.",
            gravite=Gravite.DOUTE,
            question=lambda user, jour: _visits(user).filter(etat=EtatVisite.PLACEE, date__lt=jour),
            **annuler,
        ),
        Contradiction(
            code="visite-pendant-absence",
            libelle="Visite placée pendant une absence",
            pourquoi="L’agent est absent ce jour-là : sauf visite de préreprise, elle se déplace.",
            gravite=Gravite.DOUTE,
            question=_in_an_absence,
            **visite
            | {
                "geste": "Déplacer la visite",
                "droit": "visites.plan_visite",
                "reparer": lambda v: reverse("visites:deplacer", args=[v.pk]),
                "droits": (*VISITES, "agents.view_absence"),
            },
        ),
        Contradiction(
            code="mesure-autre-agent",
            libelle="Restriction d’un autre agent que sa visite",
            nom="restriction",
            pourquoi="Une restriction vient d’une visite du même agent : l’une des deux est mal rattachée.",
            gravite=Gravite.ERREUR,
            question=_somebody_else,
            dire=lambda r: f"En vigueur depuis le {format_date(r.date_debut)}",
            geste="Ouvrir les restrictions",
            droit="visites.view_mesures",
            reparer=lambda r: reverse("visites:restrictions_agent", args=[r.agent_id]),
            ouvrir=lambda r: reverse("visites:restrictions_agent", args=[r.agent_id]),
            droits=("visites.view_mesures", "agents.view_carriere"),
            agent="agent",
            lire=_read,
        ),
    )
