"""Questions about reports, accidents and actions."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from agents.models import Agent, Structure
from nouvea_sst.comptes.enums import Portee
from signalements.enums import EtatAction, EtatSignalement, NatureAccident


class SignalementQuerySet(models.QuerySet):
    """Reports."""

    def visible_to(self, user: Any) -> Self:
        """All for the section, one's structures' for a manager, always those that one declared."""
        if not user.has_perm("signalements.view_signalement"):
            return self.none()
        if user.portee == Portee.TOUS:
            return self.all()
        siens = Q(declarant=user)
        if user.portee == Portee.EQUIPE:
            siens |= Q(structure__in=Structure.objects.held_by(user))
        return self.filter(siens)

    def to_qualify(self) -> Self:
        """Reports that nobody has qualified yet."""
        return self.filter(etat=EtatSignalement.NOUVEAU)

    def late_on(self, jour: datetime.date) -> Self:
        """Reports whose qualification is late on this day."""
        return self.to_qualify().filter(qualifier_avant__lt=jour)

    def open(self) -> Self:
        """Reports that are neither closed nor rejected."""
        return self.exclude(etat__in=[EtatSignalement.CLOS, EtatSignalement.REJETE])


class AccidentQuerySet(models.QuerySet):
    """Accidents."""

    def visible_to(self, user: Any) -> Self:
        """Accidents of the agents whom this account sees, if its role sees accidents."""
        if not user.has_perm("signalements.view_accident"):
            return self.none()
        return self.filter(agent__in=Agent.objects.visible_to(user))

    def between(self, debut: datetime.date, fin: datetime.date) -> Self:
        """Accidents of the period, both ends included."""
        return self.filter(date__range=(debut, fin))

    def of_service(self) -> Self:
        """First accidents of service: neither commuting, nor disease, nor relapse."""
        return self.filter(nature=NatureAccident.SERVICE, rechute_de__isnull=True)

    def with_leave(self) -> Self:
        """Accidents with at least one day of leave beyond the day itself."""
        return self.filter(
            Q(absences__date_fin__gt=models.F("date")) | Q(absences__isnull=True, jours_saisis__gte=1)
        ).distinct()


class ActionQuerySet(models.QuerySet):
    """Actions of the plan."""

    def visible_to(self, user: Any) -> Self:
        """Everything for those who may see the plan."""
        return self.all() if user.has_perm("signalements.view_action") else self.none()

    def open(self) -> Self:
        """Actions neither done nor given up."""
        return self.filter(etat__in=[EtatAction.A_FAIRE, EtatAction.EN_COURS])

    def late_on(self, jour: datetime.date) -> Self:
        """Open actions whose deadline is past on this day."""
        return self.open().filter(echeance__lt=jour)
