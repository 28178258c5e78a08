"""What posts ask of those who hold them: loads, height, driving, night, public…"""

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models

from agents.enums import NiveauExigence
from agents.models.structures import Poste
from agents.querysets import ExigencePosteQuerySet
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history
from nouvea_sst.referentiel.models import EntreeListe


@keep_history("HistoireTypeExigence")
class TypeExigence(EntreeListe):
    """A kind of demand of posts, in words of work; with a unit when it is measured."""

    code = models.CharField("code", max_length=30, unique=True)
    libelle = models.CharField("libellé", max_length=100)
    unite = models.CharField("unité", max_length=10, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: ("id", "code", "libelle", "unite", "ordre", "actif", "source", "version"),
    }

    class Meta:
        default_permissions = ()
        ordering = ["ordre", "libelle"]
        verbose_name = "type d’exigence"
        verbose_name_plural = "types d’exigence"

    def __str__(self) -> str:
        return self.libelle


@keep_history("HistoireExigencePoste")
class ExigencePoste(models.Model):
    """One demand of a post: how often, and how much in the unit of its kind."""

    poste = models.ForeignKey(Poste, models.PROTECT, related_name="exigences", verbose_name="poste")
    type = models.ForeignKey(TypeExigence, models.PROTECT, related_name="+", verbose_name="exigence")
    niveau = models.CharField("niveau", max_length=10, choices=NiveauExigence.choices)
    valeur = models.DecimalField(
        "valeur",
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )

    CLASSES: ClassVar[Classes] = {
        Classe.T0: ("id", "poste", "type", "niveau", "valeur"),
    }

    objects = ExigencePosteQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["type__ordre", "pk"]
        verbose_name = "exigence d’un poste"
        verbose_name_plural = "exigences des postes"
        constraints = [
            models.UniqueConstraint(fields=["poste", "type"], name="agents_exigence_une_fois"),
        ]

    def __str__(self) -> str:
        return f"{self.type}, poste {self.poste}"
