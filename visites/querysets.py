"""Questions about due dates, visits and restrictions."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, Exists, Max, Min, OuterRef, Q, Value, When
from django.db.models.fields.json import KeyTextTransform

from agents.models import Agent
from visites.enums import EtatVisite, RegleEcheance


class SuiviQuerySet(models.QuerySet):
    """Due dates. `retard`, `bientot`, `a_jour` and `jamais` are the states of a list's filter."""

    def visible_to(self, user: Any) -> Self:
        """Due dates of the agents whom this account sees, if its role sees due dates."""
        if not user.has_perm("visites.view_suivi"):
            return self.none()
        return self.filter(agent__in=Agent.objects.visible_to(user))

    def followed(self) -> Self:
        """Agents who have a medical follow-up."""
        return self.exclude(regle=RegleEcheance.EXCLU)

    def excluded(self) -> Self:
        """Agents without follow-up: elected, gone, not arrived."""
        return self.filter(regle=RegleEcheance.EXCLU)

    def due_before(self, jour: Any) -> Self:
        """Due before this day: late when the day is today."""
        return self.filter(echeance__lt=jour)

    def due_between(self, debut: datetime.date, fin: datetime.date) -> Self:
        """Due from debut to fin, both included."""
        return self.filter(echeance__range=(debut, fin))

    def never_seen(self) -> Self:
        """Followed agents without any visit, those without hire date too."""
        return self.followed().filter(derniere_visite__isnull=True)

    def on(self, jour: datetime.date, a_venir: int = 0) -> Self:
        """Each row with its states on this day, as booleans est_…, and its next appointment.

        « bientot » reaches `a_venir` days: whoever asks for that state reads how many.
        """
        visites = Agent._meta.get_field("visites").related_model._default_manager
        placees = visites.filter(agent=OuterRef("agent"), etat=EtatVisite.PLACEE)
        return self.annotate(
            exclusion=KeyTextTransform("exclusion", "preuve"),
            est_suivi=~Q(regle=RegleEcheance.EXCLU),
            est_retard=Q(echeance__lt=jour),
            est_bientot=Q(echeance__range=(jour, jour + datetime.timedelta(days=a_venir))),
            est_a_jour=Q(echeance__gte=jour),
            est_jamais=Q(derniere_visite__isnull=True) & ~Q(regle=RegleEcheance.EXCLU),
            est_placee=Exists(placees),
            rendez_vous=models.Subquery(placees.order_by("date", "heure").values("date")[:1]),
        )

    def counts(self) -> dict[str, Any]:
        """How many rows stand in each state, of rows that went through on(jour); when last calculated."""
        etats = ("retard", "bientot", "jamais", "placee")
        return self.aggregate(
            **{etat: Count("pk", filter=Q(est_suivi=True, **{f"est_{etat}": True})) for etat in etats},
            suivi=Count("pk", filter=Q(est_suivi=True)),
            exclus=Count("pk", filter=Q(est_suivi=False)),
            calcule_le=Max("calcule_le"),
        )


class VisiteQuerySet(models.QuerySet):
    """Visits."""

    def visible_to(self, user: Any) -> Self:
        """Visits of the agents whom this account sees, if its role sees visits."""
        if not user.has_perm("visites.view_visite"):
            return self.none()
        return self.filter(agent__in=Agent.objects.visible_to(user))

    def open(self) -> Self:
        """To be placed, or placed."""
        return self.filter(etat__in=[EtatVisite.A_PLACER, EtatVisite.PLACEE])

    def held(self) -> Self:
        """Held: concluded here, or under the former software."""
        return self.filter(etat=EtatVisite.REALISEE)

    def signed(self) -> Self:
        """Held, with a conclusion signed here."""
        return self.held().filter(signee_le__isnull=False)

    def last_of_each_agent(self, jour: datetime.date) -> Self:
        """The latest held visit of each agent up to this day: one row an agent."""
        return (
            self.held()
            .filter(date__lte=jour)
            .order_by("agent_id", "-date", models.F("heure").desc(nulls_last=True), "-pk")
            .distinct("agent_id")
        )

    def of_day(self, jour: datetime.date, professionnel: Any) -> Self:
        """A professional's visits of one day, by hour."""
        return (
            self.filter(date=jour, professionnel=professionnel)
            .exclude(etat=EtatVisite.ANNULEE)
            .order_by("heure", "pk")
        )

    def in_agendas(self, professionnels: Any) -> Self:
        """Dated visits of these professionals, those cancelled left out."""
        agenda = self.filter(date__isnull=False, professionnel__in=professionnels)
        return agenda.exclude(etat=EtatVisite.ANNULEE)

    def nearest(self, jour: datetime.date) -> Any:
        """The visit on which an agenda opens: of this day, else of the next one, else of the last one.

        On one day those to conclude come first. None without any.
        """
        ordre = (Case(When(etat=EtatVisite.PLACEE, then=Value(0)), default=Value(1)), "heure", "pk")
        suivante = self.filter(date__gte=jour).order_by("date", *ordre).first()
        return suivante or self.filter(date__lt=jour).order_by("-date", *ordre).first()

    def days_around(self, jour: datetime.date) -> dict[str, datetime.date | None]:
        """The days with visits before and after this one: « avant » and « apres », None without any."""
        return self.aggregate(
            avant=Max("date", filter=Q(date__lt=jour)), apres=Min("date", filter=Q(date__gt=jour))
        )

    def with_names(self) -> Self:
        """With what a page writes of a visit: agent, post, structure, motive, professional, certificate."""
        return self.select_related("agent__poste", "agent__structure__direction", "motif", "professionnel")


class RestrictionQuerySet(models.QuerySet):
    """Restrictions."""

    def visible_to(self, user: Any) -> Self:
        """Restrictions of the agents whom this account sees, if its role sees them."""
        if not user.has_perm("visites.view_mesures"):
            return self.none()
        return self.filter(agent__in=Agent.objects.visible_to(user))

    def open_on(self, jour: datetime.date) -> Self:
        """Restrictions in force on this day."""
        return self.filter(date_debut__lte=jour).filter(Q(date_fin__isnull=True) | Q(date_fin__gte=jour))

    def to_come(self, jour: datetime.date) -> Self:
        """Restrictions that begin after this day."""
        return self.filter(date_debut__gt=jour)

    def ended(self, jour: datetime.date) -> Self:
        """Restrictions that ended before this day, latest first."""
        return self.filter(date_fin__lt=jour).order_by("-date_fin", "pk")
