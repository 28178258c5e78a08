"""Questions about alerts."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import TruncQuarter

from agents.enums import JUSTES, EtatAlerte
from agents.querysets.agents import rows_of

JUSTE = Q(etat=EtatAlerte.TRAITEE) | Q(etat=EtatAlerte.ECARTEE, motif__in=JUSTES)


class AlerteQuerySet(models.QuerySet):
    """Alerts."""

    def visible_to(self, user: Any) -> Self:
        """Alerts of the agents whom this account sees, if its role sees alerts."""
        if not user.has_perm("agents.view_alerte"):
            return self.none()
        return self.filter(agent__in=rows_of(self.model, "agent").visible_to(user))

    def open(self) -> Self:
        """Those that nobody decided and that still hold."""
        return self.filter(etat=EtatAlerte.OUVERTE)

    def raised_in(self, debut: datetime.date, fin: datetime.date) -> Self:
        """Raised from a day to a day, both included."""
        return self.filter(levee_le__range=(debut, fin))

    def count_by_quarter(self) -> list[dict[str, Any]]:
        """Count by quarter and rule: raised, open, treated, set aside as right, as false, without object."""
        fausse = Q(etat=EtatAlerte.ECARTEE) & ~Q(motif__in=JUSTES)
        comptes = (
            self.order_by()
            .annotate(trimestre=TruncQuarter("levee_le"))
            .values("trimestre", "regle")
            .annotate(
                levees=Count("pk"),
                ouvertes=Count("pk", filter=Q(etat=EtatAlerte.OUVERTE)),
                traitees=Count("pk", filter=Q(etat=EtatAlerte.TRAITEE)),
                justes=Count("pk", filter=Q(etat=EtatAlerte.ECARTEE, motif__in=JUSTES)),
                fausses=Count("pk", filter=fausse),
                caduques=Count("pk", filter=Q(etat=EtatAlerte.CADUQUE)),
            )
        )
        return list(comptes.order_by("-trimestre", "regle"))
