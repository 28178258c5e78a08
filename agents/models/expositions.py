"""Risks that posts expose to, and the follow-up that each asks for."""

from typing import ClassVar

from django.db import models

from agents.enums import CategorieSuivi
from agents.models.periodes import period_constraint
from agents.models.structures import Poste
from agents.querysets import ExpositionPosteQuerySet
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history
from nouvea_sst.referentiel.models import EntreeListe


@keep_history("HistoireTypeExposition")
class TypeExposition(EntreeListe):
    """A risk for which the law asks a closer follow-up."""

    code = models.CharField("code", max_length=30, unique=True)
    libelle = models.CharField("libellé", max_length=100)
    categorie = models.CharField(
        "suivi demandé", max_length=10, choices=CategorieSuivi.choices, default=CategorieSuivi.RENFORCE
    )

    CLASSES: ClassVar[Classes] = {
        Classe.T0: ("id", "code", "libelle", "categorie", "ordre", "actif", "source", "version"),
    }

    class Meta:
        default_permissions = ()
        ordering = ["ordre", "libelle"]
        verbose_name = "type d’exposition"
        verbose_name_plural = "types d’exposition"

    def __str__(self) -> str:
        return self.libelle


@keep_history("HistoireExpositionPoste")
class ExpositionPoste(models.Model):
    """What a post exposes to, from a day to a day, both included."""

    poste = models.ForeignKey(Poste, models.PROTECT, related_name="expositions", verbose_name="poste")
    type = models.ForeignKey(
        TypeExposition, models.PROTECT, related_name="expositions", verbose_name="exposition"
    )
    date_debut = models.DateField("début")
    date_fin = models.DateField("fin", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: ("id", "poste", "type", "date_debut", "date_fin", "version"),
    }

    objects = ExpositionPosteQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-date_debut", "-pk"]
        verbose_name = "exposition d’un poste"
        verbose_name_plural = "expositions des postes"
        constraints = [period_constraint("agents_exposition_periode")]

    def __str__(self) -> str:
        return f"{self.type}, poste {self.poste}"
