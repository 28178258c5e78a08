"""Small lists of visits: why, what is restricted, who held those of the former software."""

from typing import ClassVar

from django.db import models

from agents.models import TypeExigence
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history
from nouvea_sst.referentiel.models import EntreeListe
from visites.enums import Conclusion
from visites.querysets_presence import MotifExcuseQuerySet


@keep_history("HistoireMotif")
class Motif(EntreeListe):
    """Why a visit is held; the public wording is what others than care staff read and what is printed."""

    code = models.CharField("code", max_length=30, unique=True)
    libelle = models.CharField("libellé", max_length=100)
    libelle_public = models.CharField("libellé public", max_length=100)
    code_ancien = models.PositiveSmallIntegerField("code de l’ancien logiciel", null=True, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: (
            "id",
            "code",
            "libelle",
            "libelle_public",
            "code_ancien",
            "ordre",
            "actif",
            "source",
            "version",
        ),
    }

    class Meta:
        default_permissions = ()
        ordering = ["ordre", "libelle"]

    def __str__(self) -> str:
        return self.libelle


@keep_history("HistoireTypeRestriction")
class TypeRestriction(EntreeListe):
    """Catalogue of restrictions and accommodations, in functional wording."""

    libelle = models.CharField("libellé", max_length=120, unique=True)
    precision_attendue = models.CharField("précision attendue", max_length=80, blank=True)
    code_ancien = models.CharField("code de l’ancien logiciel", max_length=20, blank=True)
    exigence = models.ForeignKey(
        TypeExigence,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="exigence de poste à éviter",
    )

    CLASSES: ClassVar[Classes] = {
        Classe.T0: (
            "id",
            "libelle",
            "precision_attendue",
            "code_ancien",
            "exigence",
            "ordre",
            "actif",
            "source",
            "version",
        ),
    }

    class Meta:
        default_permissions = ()
        ordering = ["ordre", "libelle"]
        verbose_name = "type de restriction"
        verbose_name_plural = "types de restriction"

    def __str__(self) -> str:
        return self.libelle


@keep_history("HistoireMotifExcuse")
class MotifExcuse(EntreeListe):
    """Why an agent excuses himself, from a day to a day; one that is not valid may count as missed."""

    libelle = models.CharField("libellé", max_length=100, unique=True)
    valable = models.BooleanField("motif valable", default=True)
    date_effet = models.DateField("à partir du")
    date_fin = models.DateField("jusqu’au", null=True, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: (
            "id",
            "libelle",
            "valable",
            "date_effet",
            "date_fin",
            "ordre",
            "actif",
            "source",
            "version",
        ),
    }

    objects = MotifExcuseQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        default_permissions = ()
        ordering = ["ordre", "libelle"]
        verbose_name = "motif d’excuse"
        verbose_name_plural = "motifs d’excuse"
        constraints = [
            models.CheckConstraint(
                name="visites_motif_excuse_periode",
                condition=models.Q(date_fin__isnull=True) | models.Q(date_fin__gte=models.F("date_effet")),
                violation_error_message="La fin précède le début.",
            )
        ]

    def __str__(self) -> str:
        return self.libelle


@keep_history("HistoireMedecinRepris")
class MedecinRepris(EntreeListe):
    """A doctor of the former software's visits: by his number there, the name that they bear."""

    libelle = models.CharField("nom", max_length=120)
    code_ancien = models.CharField("code de l’ancien logiciel", max_length=20, unique=True)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: ("id", "libelle", "code_ancien", "ordre", "actif", "source", "version"),
    }

    class Meta:
        default_permissions = ()
        ordering = ["ordre", "libelle"]
        verbose_name = "médecin de l’ancien logiciel"
        verbose_name_plural = "médecins de l’ancien logiciel"

    def __str__(self) -> str:
        return self.libelle


@keep_history("HistoireRecommandation")
class Recommandation(EntreeListe):
    """An « avis » of the former software, in its free words, and the conclusion of ours that it means."""

    libelle = models.CharField("libellé", max_length=200, unique=True)
    code_ancien = models.CharField("code de l’ancien logiciel", max_length=20, blank=True)
    conclusion = models.CharField("conclusion", max_length=20, choices=Conclusion.choices, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: ("id", "libelle", "code_ancien", "conclusion", "ordre", "actif", "source", "version"),
    }

    class Meta:
        default_permissions = ()
        ordering = ["ordre", "libelle"]
        verbose_name = "avis de l’ancien logiciel"
        verbose_name_plural = "avis de l’ancien logiciel"

    def __str__(self) -> str:
        return self.libelle


@keep_history("HistoireTypeInaptitude")
class TypeInaptitude(EntreeListe):
    """Kind of unfitness of the former software."""

    libelle = models.CharField("libellé", max_length=120, unique=True)
    code_ancien = models.CharField("code de l’ancien logiciel", max_length=20, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: ("id", "libelle", "code_ancien", "ordre", "actif", "source", "version"),
    }

    class Meta:
        default_permissions = ()
        ordering = ["ordre", "libelle"]
        verbose_name = "type d’inaptitude"
        verbose_name_plural = "types d’inaptitude"

    def __str__(self) -> str:
        return self.libelle


@keep_history("HistoireOrientation")
class Orientation(EntreeListe):
    """To whom a professional sends an agent on after a visit; care staff and the agent read which."""

    libelle = models.CharField("libellé", max_length=120, unique=True)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: ("id", "libelle", "ordre", "actif", "source", "version"),
    }

    class Meta:
        default_permissions = ()
        ordering = ["ordre", "libelle"]
        verbose_name = "orientation"
        verbose_name_plural = "orientations"

    def __str__(self) -> str:
        return self.libelle
