"""Questions about imports."""

from typing import Any, Self

from django.db import models


class ImportQuerySet(models.QuerySet):
    """Files brought in."""

    def visible_to(self, user: Any) -> Self:
        """Everything for those who may import."""
        return self.all() if user.has_perm("imports.import_registre") else self.none()

    def without_bytes(self) -> Self:
        """For lists: leave the file in the database."""
        return self.defer("contenu")
