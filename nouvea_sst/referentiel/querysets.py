"""Questions about reference data, each for a given day."""

import datetime
from typing import Any, Self

from django.db import models


class ParametreQuerySet(models.QuerySet):
    """Dated values."""

    def visible_to(self, user: Any) -> Self:
        """Everything for those who may read the reference data."""
        return self.all() if user.has_perm("referentiel.view_parametre") else self.none()

    def in_force(self, jour: datetime.date) -> Self:
        """The value of each code that applies on this day: one row per code."""
        return self.filter(date_effet__lte=jour).order_by("code", "-date_effet").distinct("code")


class JourFerieQuerySet(models.QuerySet):
    """Days off."""

    def between(self, debut: datetime.date, fin: datetime.date) -> set[datetime.date]:
        """Days off from debut to fin, both included."""
        return set(self.filter(date__range=(debut, fin)).values_list("date", flat=True))

    def name_of(self, jour: datetime.date) -> str:
        """Name of the day off that this day is; empty on any other day."""
        return self.filter(date=jour).values_list("libelle", flat=True).first() or ""
