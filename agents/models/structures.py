"""Employers, places, structures, posts, hours worked, and who answers for what."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from agents.enums import CategorieSuivi, NiveauStructure
from agents.models.periodes import period_constraint
from agents.querysets import (
    CollectiviteQuerySet,
    HeuresTravailleesQuerySet,
    PosteQuerySet,
    ResponsabiliteQuerySet,
    SiteQuerySet,
    StructureQuerySet,
)
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history
from nouvea_sst.referentiel.models import EntreeListe


@keep_history("HistoireCollectivite")
class Collectivite(EntreeListe):
    """Employer: the city, its school fund, its social centre."""

    code = models.CharField("code", max_length=10, unique=True)
    libelle = models.CharField("libellé", max_length=100)
    code_ancien = models.CharField("code de l’ancien logiciel", max_length=4, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: ("id", "code", "libelle", "code_ancien", "ordre", "actif", "source", "version"),
    }

    objects: ClassVar[Any] = CollectiviteQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["ordre", "code"]
        verbose_name = "collectivité"

    def __str__(self) -> str:
        return self.libelle


@keep_history("HistoireSite")
class Site(EntreeListe):
    """A place where agents work."""

    libelle = models.CharField("libellé", max_length=120, unique=True)
    code_ancien = models.CharField("code de l’ancien logiciel", max_length=20, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: ("id", "libelle", "code_ancien", "ordre", "actif", "source", "version"),
    }

    objects: ClassVar[Any] = SiteQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["libelle"]

    def __str__(self) -> str:
        return self.libelle


@keep_history("HistoireStructure", exclude=("chemin", "direction"))
class Structure(models.Model):
    """Node of the tree direction → service → section; dated, never deleted."""

    sigle = models.CharField("sigle", max_length=20)
    libelle = models.CharField("libellé", max_length=200)
    niveau = models.CharField("niveau", max_length=10, choices=NiveauStructure.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="enfants", verbose_name="structure mère"
    )
    chemin = models.CharField("chemin", max_length=400, db_index=True, editable=False)
    direction = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="direction",
        editable=False,
    )
    remplace = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="remplacantes",
        verbose_name="structure remplacée",
        editable=False,
    )
    code_ancien = models.CharField("code de l’ancien logiciel", max_length=10, blank=True)
    cle_import = models.CharField(
        "numéro d’origine", max_length=80, blank=True, db_index=True, editable=False
    )
    date_debut = models.DateField("début", null=True, blank=True)
    date_fin = models.DateField("fin", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: (
            "id",
            "sigle",
            "libelle",
            "niveau",
            "parent",
            "chemin",
            "direction",
            "remplace",
            "code_ancien",
            "cle_import",
            "date_debut",
            "date_fin",
            "version",
        ),
    }

    objects = StructureQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["chemin"]
        constraints = [
            period_constraint("agents_structure_periode"),
            # A unique index on some rows alone cannot wait for the last row of a file that swaps sigles.
            ExclusionConstraint(
                name="agents_structure_sigle",
                expressions=[("sigle", RangeOperators.EQUAL)],
                condition=models.Q(date_fin__isnull=True),
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message="Une structure ouverte porte déjà ce sigle.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sigle} – {self.libelle}"

    @property
    def profondeur(self) -> int:
        """How many structures stand above it."""
        return self.chemin.count("/") - 1


@keep_history("HistoirePoste")
class Poste(models.Model):
    """A kind of post, and the follow-up that its exposures ask for."""

    intitule = models.CharField("intitulé", max_length=200, unique=True)
    categorie_suivi = models.CharField(
        "catégorie de suivi", max_length=10, choices=CategorieSuivi.choices, default=CategorieSuivi.SIMPLE
    )
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: ("id", "intitule", "categorie_suivi", "version"),
    }

    objects = PosteQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["intitule"]

    def __str__(self) -> str:
        return self.intitule


@keep_history("HistoireHeuresTravaillees")
class HeuresTravaillees(models.Model):
    """Hours worked in a month, for the whole city or for one structure, with their source."""

    annee = models.PositiveSmallIntegerField("année")
    mois = models.PositiveSmallIntegerField("mois")
    structure = models.ForeignKey(Structure, models.PROTECT, null=True, blank=True, verbose_name="structure")
    heures = models.DecimalField("heures", max_digits=12, decimal_places=2)
    source = models.CharField("source", max_length=200)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: ("id", "annee", "mois", "structure", "heures", "source"),
    }

    objects = HeuresTravailleesQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["annee", "mois", "pk"]
        verbose_name = "heures travaillées"
        verbose_name_plural = "heures travaillées"
        constraints = [
            models.UniqueConstraint(
                fields=["annee", "mois", "structure"],
                name="agents_heures_uniques",
                nulls_distinct=False,
                violation_error_message="Les heures de ce mois sont déjà saisies.",
            ),
            models.CheckConstraint(
                name="agents_heures_mois",
                condition=models.Q(mois__gte=1, mois__lte=12),
                violation_error_message="Le mois va de 1 à 12.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mois:02d}/{self.annee} : {self.heures} h"


@keep_history("HistoireResponsabilite")
class Responsabilite(models.Model):
    """Which account answers for which structure and those below it, or for which collectivité."""

    compte = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="responsabilites", verbose_name="compte"
    )
    structure = models.ForeignKey(Structure, models.PROTECT, null=True, blank=True, verbose_name="structure")
    collectivite = models.ForeignKey(
        Collectivite, models.PROTECT, null=True, blank=True, verbose_name="collectivité"
    )
    date_debut = models.DateField("début")
    date_fin = models.DateField("fin", null=True, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.A1: ("compte", "structure", "collectivite", "date_debut", "date_fin"),
        Classe.T0: ("id",),
    }

    objects = ResponsabiliteQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-date_debut", "-pk"]
        verbose_name = "responsabilité"
        constraints = [
            period_constraint("agents_responsabilite_periode"),
            models.CheckConstraint(
                name="agents_responsabilite_une",
                condition=models.Q(structure__isnull=False, collectivite__isnull=True)
                | models.Q(structure__isnull=True, collectivite__isnull=False),
                violation_error_message="On répond d’une structure ou d’une collectivité, pas des deux.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.compte} : {self.objet}"

    @property
    def objet(self) -> Structure | Collectivite:
        """What the account answers for."""
        return self.structure or self.collectivite  # type: ignore[return-value]
