"""Questions about the yearly examinations of consultations."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from nouvea_sst.comptes.querysets import keys_of_agents


class ExamenQuerySet(models.QuerySet):
    """Examinations."""

    def visible_to(self, user: Any) -> Self:
        """Every one for the auditor; for a chief those that name no agent out of his reach."""
        if user.has_perm("comptes.view_journal"):
            return self.all()
        if not user.has_perm("comptes.examine_consultations"):
            return self.none()
        lignes: Any = self.model._meta.get_field("lignes").related_model
        hors = lignes.objects.filter(
            examen=OuterRef("pk"), ligne__agent_cle__in=keys_of_agents(user, siens=False)
        )
        return self.exclude(Exists(hors))

    def drawn_by(self, user: Any) -> Self:
        """Those that this account drew: it alone says what it thinks of them."""
        return self.filter(tire_par=user)

    def counted(self) -> Self:
        """Each with its number of lines, of those left, and of those that were not justified."""
        examinees = ~Q(lignes__avis="")
        return self.annotate(
            taille=Count("lignes"),
            reste=Count("lignes", filter=~examinees),
            injustifiees=Count("lignes", filter=Q(lignes__avis="injustifiee")),
            expliquer=Count("lignes", filter=Q(lignes__avis="a_expliquer")),
        )


class LigneExamenQuerySet(models.QuerySet):
    """Lines of samples."""

    def visible_to(self, user: Any) -> Self:
        """Those of the examinations that one reads."""
        examens: Any = self.model._meta.get_field("examen").related_model
        return self.filter(examen__in=examens.objects.visible_to(user))

    def left(self) -> Self:
        """Those of which nothing has been said, first drawn first."""
        return self.filter(avis="").order_by("rang")
