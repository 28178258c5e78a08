"""Questions about sessions."""

import datetime
from typing import Any, Self

from django.db import models

from commissions.enums import EtatSeance


class SeanceQuerySet(models.QuerySet):
    """Sessions."""

    def visible_to(self, user: Any) -> Self:
        """Everything for those who may see sessions."""
        return self.all() if user.has_perm("commissions.view_seance") else self.none()

    def coming_on(self, jour: datetime.date) -> Self:
        """Sessions still to be held on this day, soonest first."""
        return self.filter(etat=EtatSeance.PREPAREE, date__gte=jour).order_by("date", "pk")
