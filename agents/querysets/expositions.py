"""Questions about what posts expose to."""

import datetime
from typing import Any, Self

from django.db import models

from agents.querysets.agents import open_on, rows_of


class ExpositionPosteQuerySet(models.QuerySet):
    """Exposures of posts."""

    def visible_to(self, user: Any) -> Self:
        """Those of the posts that this account sees."""
        return self.filter(poste__in=rows_of(self.model, "poste").visible_to(user))

    def open_on(self, jour: datetime.date) -> Self:
        """Exposures of this day."""
        return self.filter(open_on(jour))
