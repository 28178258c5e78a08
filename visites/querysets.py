"""Questions about due dates, visits and restrictions."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from agents.models import Agent
from visites.enums import EtatVisite


class MotifQuerySet(models.QuerySet):
    """Motives."""

    def offered(self) -> Self:
        """Those offered on entry."""
        return self.filter(actif=True)


class SuiviQuerySet(models.QuerySet):
    """Due dates."""

    def visible_to(self, user: Any) -> Self:
        """Due dates of the agents whom this account sees, if its role sees due dates."""
        if not user.has_perm("visites.view_suivi"):
            return self.none()
        return self.filter(agent__in=Agent.objects.visible_to(user))

    def due_before(self, jour: datetime.date) -> Self:
        """Due before this day: late when the day is today."""
        return self.filter(echeance__lt=jour)

    def due_between(self, debut: datetime.date, fin: datetime.date) -> Self:
        """Due from debut to fin, both included."""
        return self.filter(echeance__range=(debut, fin))

    def never_seen(self) -> Self:
        """Followed agents without any visit."""
        return self.filter(derniere_visite__isnull=True, echeance__isnull=False)


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
        """Held and concluded."""
        return self.filter(etat=EtatVisite.REALISEE)

    def of_day(self, jour: datetime.date, professionnel: Any) -> Self:
        """A professional's visits of one day, by hour."""
        return (
            self.filter(date=jour, professionnel=professionnel)
            .exclude(etat=EtatVisite.ANNULEE)
            .order_by("heure", "pk")
        )


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
