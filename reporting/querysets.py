"""Questions about editions."""

from typing import Any, Self

from django.db import models


class EditionQuerySet(models.QuerySet):
    """Frozen editions."""

    def visible_to(self, user: Any) -> Self:
        """Everything for those who may open the packs."""
        return self.all() if user.has_perm("reporting.view_edition") else self.none()

    def without_bytes(self) -> Self:
        """For lists: leave the PDF in the database."""
        return self.defer("pdf", "chiffres")
