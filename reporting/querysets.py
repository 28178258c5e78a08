"""Questions about editions and saved views."""

from typing import Any, Self

from django.db import models

from nouvea_sst.lib.dates import Periode


class VueEnregistreeQuerySet(models.QuerySet):
    """Saved views."""

    def visible_to(self, user: Any) -> Self:
        """One's own only, those just deleted left out."""
        return self.filter(utilisateur=user, supprimee_le__isnull=True)

    def deleted_by(self, user: Any) -> Self:
        """One's own that were deleted and may come back."""
        return self.filter(utilisateur=user, supprimee_le__isnull=False)


class ContradictionEcarteeQuerySet(models.QuerySet):
    """Rows set aside. Whether one may be seen is a matter of the row, which its question asks."""

    def in_force(self) -> Self:
        """Those that nobody took back."""
        return self.filter(reprise_le__isnull=True)

    def keys_of(self, code: str) -> models.QuerySet:
        """Keys of the rows of one contradiction that are set aside."""
        return self.in_force().filter(code=code).order_by().values("cle")


class EditionQuerySet(models.QuerySet):
    """Frozen editions."""

    def visible_to(self, user: Any) -> Self:
        """Everything for those who may open the packs."""
        return self.all() if user.has_perm("reporting.view_edition") else self.none()

    def without_bytes(self) -> Self:
        """For lists: leave the PDF in the database."""
        return self.defer("pdf", "chiffres")

    def of(self, seance: Any, periode: Periode) -> Self:
        """Editions of one session (or of none) and period."""
        return self.filter(seance=seance, debut=periode.debut, fin=periode.fin)

    def latest_pk(self) -> int:
        """Key of the latest edition made; 0 when there is none."""
        return self.aggregate(n=models.Max("pk"))["n"] or 0

    def next_rang(self, seance: Any, periode: Periode) -> int:
        """Number of the next edition of this session and period."""
        dernier = self.of(seance, periode).aggregate(n=models.Max("rang"))["n"]
        return (dernier or 0) + 1


class ResumeQuerySet(models.QuerySet):
    """Who receives the message of the day."""

    def visible_to(self, user: Any) -> Self:
        """One's own."""
        return self.filter(compte=user)
