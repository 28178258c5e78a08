"""Questions about how visits went, and about the reasons of an excuse."""

import datetime
from typing import Self

from django.db.models import Q

from nouvea_sst.referentiel.querysets import EntreeQuerySet
from visites.enums import EtatVisite

# Missed, or excused in a way that counts as missed.
MANQUEE = Q(etat=EtatVisite.ABSENT) | Q(excuse_comptee=True)


class MotifExcuseQuerySet(EntreeQuerySet):
    """Reasons of an excuse, each from a day to a day."""

    def offered_on(self, jour: datetime.date) -> Self:
        """Those offered on entry that hold on this day."""
        en_cours = Q(date_fin__isnull=True) | Q(date_fin__gte=jour)
        return self.offered().filter(en_cours, date_effet__lte=jour)
