"""Questions about imports."""

from typing import Any, Self

from django.db import models

from nouvea_sst.imports.enums import EtatImport


class ImportQuerySet(models.QuerySet):
    """Files brought in."""

    def visible_to(self, user: Any) -> Self:
        """Everything for those who may import."""
        return self.all() if user.has_perm("imports.import_registre") else self.none()

    def applied(self) -> Self:
        """Files whose rows were written."""
        return self.filter(etat=EtatImport.APPLIQUE)

    def without_bytes(self) -> Self:
        """For lists: leave the file and its details in the database."""
        return self.defer("contenu", "apercu")
