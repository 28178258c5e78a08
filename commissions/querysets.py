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

    def past_on(self, jour: datetime.date) -> Self:
        """Sessions that are over on this day: held, cancelled, or whose day is past."""
        return self.exclude(etat=EtatSeance.PREPAREE, date__gte=jour)

    def with_points(self) -> Self:
        """Count the points of each agenda as `nombre_points`."""
        return self.annotate(nombre_points=models.Count("points"))

    def count_views(self, jour: datetime.date) -> dict[str, int]:
        """Count each view of the list in one question."""
        a_venir = models.Q(etat=EtatSeance.PREPAREE, date__gte=jour)
        return self.order_by().aggregate(
            a_venir=models.Count("pk", filter=a_venir),
            passees=models.Count("pk", filter=~a_venir),
            toutes=models.Count("pk"),
        )

    def next_number(self, instance: str) -> int:
        """Number that follows the highest one of a committee."""
        return (self.filter(instance=instance).aggregate(n=models.Max("numero"))["n"] or 0) + 1

    def usual_facts(self) -> dict[str, Any]:
        """Place and hour of the latest session that was not cancelled; nothing without any."""
        tenues = self.exclude(etat=EtatSeance.ANNULEE).order_by("-date", "-pk")
        return tenues.values("lieu", "heure").first() or {}
