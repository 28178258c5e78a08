"""What was taken away and may be put back."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from nouvea_sst.comptes.querysets import RetraitQuerySet
from nouvea_sst.lib.classes import Classe, Classes


class Retrait(models.Model):
    """A record taken away, kept as it was until it is put back or its thirty days are over."""

    modele = models.CharField("genre", max_length=100)
    cle = models.CharField("clé", max_length=60)
    libelle = models.CharField("élément", max_length=200)
    donnees = models.JSONField("contenu")
    droit = models.CharField("droit", max_length=100)
    adresse = models.CharField("page", max_length=300)
    agent_cle = models.CharField("agent concerné", max_length=60, blank=True)
    retire_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="retiré par",
    )
    retire_le = models.DateTimeField("retiré le", auto_now_add=True, db_index=True)
    retabli_le = models.DateTimeField("rétabli le", null=True, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.A2: ("libelle", "donnees", "agent_cle"),
        Classe.L1: ("retire_par", "retire_le", "retabli_le"),
        Classe.T0: ("id", "modele", "cle", "droit", "adresse"),
    }

    objects = RetraitQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-retire_le", "-pk"]

    def __str__(self) -> str:
        return self.libelle

    @property
    def libelle_journal(self) -> str:
        """Name for the journal, which tells who opened what, not what was there."""
        return f"Retrait n° {self.pk}"
