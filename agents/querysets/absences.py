"""Questions about absences, careers and positions."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Value

from agents.enums import FamilleAbsence
from agents.querysets.agents import rows_of
from agents.rules.accidents import RECHUTE

SANS_TYPE = (Value(0), Value(""), Value(True))
SANS_LIEN = Value(None, models.IntegerField())


class AbsenceQuerySet(models.QuerySet):
    """Absences."""

    def visible_to(self, user: Any) -> Self:
        """Absences of the agents whom this account sees, if its role sees absences."""
        if not user.has_perm("agents.view_absence"):
            return self.none()
        vus = rows_of(self.model, "agent").visible_to(user)
        siennes = self.filter(agent__in=vus)
        # Of an accident without leave there is nothing to read but its kind.
        return siennes if user.has_perm("agents.view_type_absence") else siennes.with_days()

    def with_days(self) -> Self:
        """Absences that keep away from work: all but the accidents without leave."""
        return self.filter(sans_arret=False)

    def overlapping(self, debut: datetime.date, fin: datetime.date) -> Self:
        """Absences with at least one day from debut to fin."""
        return self.with_days().filter(date_debut__lte=fin, date_fin__gte=debut)

    def of_accidents(self) -> Self:
        """Accidents themselves, without what follows from them."""
        return self.filter(
            type__famille=FamilleAbsence.ACCIDENT, accident__isnull=True, prolongation=False
        ).exclude(type__code=RECHUTE)

    def as_maillons(self, *, types: bool = True) -> Any:
        """Rows for agents.rules.chaines.build_all: a Maillon, then the agent, in the order that it asks.

        Without their natures all may follow each other: where a chain ends tells two natures apart.
        """
        natures = ("type__code", "type__famille", "type__prolonge") if types else SANS_TYPE
        return (
            self.with_days()
            .order_by("agent", "date_debut", "pk")
            .values_list(
                "pk",
                "date_debut",
                "date_fin",
                *natures,
                "debut_apres_midi",
                "fin_matin",
                "accident" if types else SANS_LIEN,
                "agent",
            )
        )


class CarriereQuerySet(models.QuerySet):
    """Careers and contracts."""

    droit = "agents.view_carriere"

    def visible_to(self, user: Any) -> Self:
        """Rows of the agents whom this account sees, if its role reads careers."""
        if not user.has_perm(self.droit):
            return self.none()
        return self.filter(agent__in=rows_of(self.model, "agent").visible_to(user))


class PositionQuerySet(CarriereQuerySet):
    """Administrative positions: read by whoever reads the dates of absences."""

    droit = "agents.view_absence"
