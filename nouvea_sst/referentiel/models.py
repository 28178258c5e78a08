"""Dated parameters and days off."""

from typing import ClassVar

from django.db import models

from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history
from nouvea_sst.referentiel.enums import Fiabilite, NatureJour
from nouvea_sst.referentiel.querysets import JourFerieQuerySet, ParametreQuerySet


@keep_history("HistoireParametre")
class Parametre(models.Model):
    """One value from one date on. A new text adds a row and edits none: old dates stay explained."""

    code = models.CharField("code", max_length=80)
    libelle = models.CharField("libellé", max_length=200)
    valeur = models.DecimalField("valeur", max_digits=14, decimal_places=4)
    unite = models.CharField("unité", max_length=30)
    date_effet = models.DateField("date d’effet")
    source = models.CharField("source", max_length=300)
    fiabilite = models.CharField("fiabilité", max_length=12, choices=Fiabilite.choices)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: ("id", "code", "libelle", "valeur", "unite", "date_effet", "source", "fiabilite"),
    }

    objects = ParametreQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_parametre", "Voir le référentiel"),
            ("change_parametre", "Modifier le référentiel"),
        ]
        ordering = ["code", "-date_effet"]
        verbose_name = "paramètre"
        constraints = [
            models.UniqueConstraint(
                fields=["code", "date_effet"],
                name="referentiel_parametre_unique",
                violation_error_message="Ce paramètre a déjà une valeur à cette date d’effet.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.libelle} au {self.date_effet:%d/%m/%Y}"


@keep_history("HistoireJourFerie")
class JourFerie(models.Model):
    """A public holiday, or a day off of the city."""

    date = models.DateField("date", unique=True)
    libelle = models.CharField("libellé", max_length=100)
    nature = models.CharField("nature", max_length=10, choices=NatureJour.choices, default=NatureJour.FERIE)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: ("id", "date", "libelle", "nature"),
    }

    objects = JourFerieQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["date"]
        verbose_name = "jour férié"
        verbose_name_plural = "jours fériés"

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.libelle}"
