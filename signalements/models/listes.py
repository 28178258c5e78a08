"""Small lists of the former software that describe an accident or a disease."""

from typing import ClassVar

from django.db import models

from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history
from nouvea_sst.referentiel.models import EntreeListe


@keep_history("HistoireTypeAccident")
class TypeAccident(EntreeListe):
    """What caused an accident, as CAFAT and the former software name it."""

    libelle = models.CharField("libellé", max_length=120, unique=True)
    code_ancien = models.CharField("code de l’ancien logiciel", max_length=20, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: ("id", "libelle", "code_ancien", "ordre", "actif", "source", "version"),
    }

    class Meta:
        default_permissions = ()
        ordering = ["ordre", "libelle"]
        verbose_name = "type d’accident du travail"
        verbose_name_plural = "types d’accident du travail"

    def __str__(self) -> str:
        return self.libelle


@keep_history("HistoireSiegeLesion")
class SiegeLesion(EntreeListe):
    """Part of the body that was hurt."""

    libelle = models.CharField("libellé", max_length=120, unique=True)
    code_ancien = models.CharField("code de l’ancien logiciel", max_length=20, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: ("id", "libelle", "code_ancien", "ordre", "actif", "source", "version"),
    }

    class Meta:
        default_permissions = ()
        ordering = ["ordre", "libelle"]
        verbose_name = "siège de lésion"
        verbose_name_plural = "sièges de lésion"

    def __str__(self) -> str:
        return self.libelle


@keep_history("HistoireMaladieProfessionnelle")
class MaladieProfessionnelle(EntreeListe):
    """An occupational disease, by the code of its table."""

    code = models.CharField("code", max_length=20, unique=True)
    libelle = models.CharField("libellé", max_length=200)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: ("id", "code", "libelle", "ordre", "actif", "source", "version"),
    }

    class Meta:
        default_permissions = ()
        ordering = ["ordre", "libelle"]
        verbose_name = "maladie professionnelle"
        verbose_name_plural = "maladies professionnelles"

    def __str__(self) -> str:
        return f"{self.code} – {self.libelle}"
