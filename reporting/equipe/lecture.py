"""Who the team is on a day, what its manager has to do: no motive, no opinion, no kind of absence."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.urls import reverse

from agents.models import Agent
from nouvea_sst.lib.affichage import count_of, de, format_date, relative
from nouvea_sst.referentiel.models import Parametre
from reporting.parametres import MESURES, PREVENIR
from visites.enums import EtatVisite
from visites.models import Engagement, Restriction, Visite
from visites.parametres import A_VENIR, RAPPEL
from visites.rules.engagements import EN_ATTENTE

MONTREES = 6


@dataclass(frozen=True)
class Delais:
    """How far the page looks, in days: visits that come, those to tell of, measures that begin."""

    bientot: int
    prevenir: int
    mesures: int

    @property
    def vue(self) -> str:
        """Name of the view of the visits that come."""
        return f"Visite sous {count_of(self.bientot, 'jour')}"


def read_delais(jour: datetime.date) -> Delais:
    """Return what the reference data says on this day."""
    nombres = Parametre.objects.numbers_on(jour, (A_VENIR, PREVENIR, MESURES))
    return Delais(*(int(nombres[cle.code]) for cle in (A_VENIR, PREVENIR, MESURES)))


def days(nombre: int) -> datetime.timedelta:
    """Return a number of days as a length."""
    return datetime.timedelta(days=nombre)


def team_on(user: Any, jour: datetime.date) -> Any:
    """The agents whom this account answers for: present, not elected, and not himself."""
    return Agent.objects.visible_to(user).followed_on(jour).exclude(compte=user)


def with_dates(equipe: Any, user: Any, jour: datetime.date) -> QuerySet:
    """With the absence of the day, the next visit, whether a measure is in force."""
    placees = (
        Visite.objects.visible_to(user)
        .filter(agent=OuterRef("pk"), etat=EtatVisite.PLACEE, date__gte=jour)
        .order_by("date", "heure", "pk")
    )
    mesures = Restriction.objects.visible_to(user).open_on(jour).filter(agent=OuterRef("pk"))
    return equipe.with_absence_on(jour).annotate(
        visite_le=Subquery(placees.values("date")[:1]),
        visite_heure=Subquery(placees.values("heure")[:1]),
        a_mesure=Exists(mesures),
    )


def with_measures(equipe: QuerySet, user: Any, jour: datetime.date) -> QuerySet:
    """With the measures in force, as `mesures`, and the names that a row writes."""
    ouvertes = Restriction.objects.visible_to(user).open_on(jour).select_related("type")
    return equipe.select_related("structure", "poste").prefetch_related(
        Prefetch("restrictions", queryset=ouvertes.order_by("date_debut", "pk"), to_attr="mesures")
    )


def count_views(equipe: QuerySet, jour: datetime.date, delais: Delais) -> dict[str, int]:
    """Count each view of the list in one question."""
    return equipe.order_by().aggregate(
        tous=Count("pk"),
        absents=Count("pk", filter=Q(absent_jusqu__isnull=False)),
        visite=Count("pk", filter=Q(visite_le__lte=jour + days(delais.bientot))),
        mesures=Count("pk", filter=Q(a_mesure=True)),
    )


@dataclass(frozen=True)
class ATraiter:
    """One thing that the manager does: what, for whom, until when."""

    titre: str
    url: str
    texte: str
    quand: str


def find_duties(user: Any, jour: datetime.date, delais: Delais) -> dict[str, Any]:
    """Visits that agents must hear of, measures that nobody answered yet: the first ones, how many in all.

    One that begins later is told so many days before.
    """
    equipe = team_on(user, jour)
    visites = (
        Visite.objects.visible_to(user)
        .filter(agent__in=equipe, etat=EtatVisite.PLACEE)
        .filter(date__range=(jour, jour + days(delais.prevenir)))
        .select_related("agent")
        .order_by("date", "heure", "pk")
    )
    rappel = int(Parametre.objects.number_on(jour, RAPPEL))
    suivis: Any = Engagement.objects.visible_to(user).on(jour, rappel)
    engagements = (
        suivis.filter(etat__in=[etat.value for etat in EN_ATTENTE], restriction__agent__in=equipe)
        .filter(restriction__date_debut__lte=jour + days(delais.mesures))
        .select_related("restriction__agent", "restriction__type")
        .order_by("echeance", "pk")
    )
    prevenir = [
        ATraiter(
            f"Prévenir {v.agent.nom_courant} de sa visite",
            reverse("visites:agent", args=[v.agent_id]),
            f"{format_date(v.date, 'long')}{f' à {v.heure:%H:%M}' if v.heure else ''} · libérez-lui ce temps",
            relative(v.date, jour),
        )
        for v in visites
    ]
    appliquer = [
        ATraiter(
            f"Appliquer l’aménagement {de(e.restriction.agent.nom_courant)}",
            reverse("visites:engagement", args=[e.pk]),
            e.restriction.en_clair,
            f"avant le {format_date(e.echeance)}{', en retard' if e.echeance < jour else ''}",
        )
        for e in engagements
    ]
    return {"lignes": [*prevenir[:MONTREES], *appliquer[:MONTREES]], "total": len(prevenir) + len(appliquer)}
