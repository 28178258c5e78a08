"""What the payroll says of an agent from day to day: career, administrative position, contract."""

from typing import ClassVar

from django.db import models

from agents.enums import Cadre, NatureContrat
from agents.models.agents import Agent
from agents.models.periodes import period_constraint
from agents.querysets import CarriereQuerySet, PositionQuerySet
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history
from nouvea_sst.referentiel.models import EntreeListe


@keep_history("HistoireCarriere")
class Carriere(models.Model):
    """An agent's career category and grade, from a day to a day, both included."""

    agent = models.ForeignKey(Agent, models.PROTECT, related_name="carrieres", verbose_name="agent")
    date_debut = models.DateField("début")
    date_fin = models.DateField("fin", null=True, blank=True)
    code_categorie = models.PositiveSmallIntegerField("catégorie de carrière")
    code_grade = models.CharField("code du grade", max_length=10, blank=True)
    grade = models.CharField("grade", max_length=100, blank=True)
    cadre = models.CharField("catégorie, de A à D", max_length=1, choices=Cadre.choices, blank=True)
    filiere = models.CharField("filière", max_length=100, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.A1: (
            "agent",
            "date_debut",
            "date_fin",
            "code_categorie",
            "code_grade",
            "grade",
            "cadre",
            "filiere",
        ),
        Classe.T0: ("id", "version"),
    }

    objects = CarriereQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-date_debut", "-pk"]
        verbose_name = "ligne de carrière"
        verbose_name_plural = "lignes de carrière"
        constraints = [
            period_constraint("agents_carriere_periode"),
            models.UniqueConstraint(
                fields=["agent", "date_debut"],
                name="agents_carriere_debut",
                violation_error_message="Une ligne de carrière commence déjà ce jour-là.",
            ),
        ]

    def __str__(self) -> str:
        return f"Carrière depuis le {self.date_debut:%d/%m/%Y}"


@keep_history("HistoireTypePosition")
class TypePosition(EntreeListe):
    """Kind of administrative position, with the payroll's code."""

    code = models.CharField("code de l’ancien logiciel", max_length=2, unique=True)
    libelle = models.CharField("libellé", max_length=100)
    en_activite = models.BooleanField("l’agent est à son poste", default=False)
    dans_effectif = models.BooleanField("compte dans l’effectif", default=False)
    permet_visite = models.BooleanField("permet une visite médicale", default=False)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: (
            "id",
            "code",
            "libelle",
            "en_activite",
            "dans_effectif",
            "permet_visite",
            "ordre",
            "actif",
            "source",
            "version",
        ),
    }

    class Meta:
        default_permissions = ()
        ordering = ["ordre", "code"]
        verbose_name = "type de position administrative"
        verbose_name_plural = "types de position administrative"

    def __str__(self) -> str:
        return self.libelle


@keep_history("HistoirePositionAdministrative")
class PositionAdministrative(models.Model):
    """Where an agent stands towards his post, from a day to a day, both included.

    Its type may tell his health, as a long sick leave: it is read as the type of an absence is.
    """

    agent = models.ForeignKey(Agent, models.PROTECT, related_name="positions", verbose_name="agent")
    type = models.ForeignKey(TypePosition, models.PROTECT, related_name="positions", verbose_name="type")
    date_debut = models.DateField("début")
    date_fin = models.DateField("fin", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.A2: ("agent", "type", "date_debut", "date_fin"),
        Classe.T0: ("id", "version"),
    }

    objects = PositionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-date_debut", "-pk"]
        verbose_name = "position administrative"
        verbose_name_plural = "positions administratives"
        constraints = [
            period_constraint("agents_position_periode"),
            models.UniqueConstraint(
                fields=["agent", "date_debut"],
                name="agents_position_debut",
                violation_error_message="Une position commence déjà ce jour-là.",
            ),
        ]

    def __str__(self) -> str:
        return f"Position depuis le {self.date_debut:%d/%m/%Y}"

    @property
    def libelle_journal(self) -> str:
        """Name for the journal, which tells who opened what, not what was there."""
        return f"Position n° {self.pk}"


@keep_history("HistoireContrat")
class Contrat(models.Model):
    """A contract of an agent who is no civil servant, from a day to a day, both included."""

    agent = models.ForeignKey(Agent, models.PROTECT, related_name="contrats", verbose_name="agent")
    nature = models.CharField("nature", max_length=3, choices=NatureContrat.choices)
    date_debut = models.DateField("début")
    date_fin = models.DateField("fin", null=True, blank=True)
    fin_essai = models.DateField("fin de la période d’essai", null=True, blank=True)
    cle_import = models.CharField(
        "numéro d’origine", max_length=80, blank=True, db_index=True, editable=False
    )
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.A1: ("agent", "nature", "date_debut", "date_fin", "fin_essai", "cle_import"),
        Classe.T0: ("id", "version"),
    }

    objects = CarriereQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-date_debut", "-pk"]
        constraints = [
            period_constraint("agents_contrat_periode"),
            models.CheckConstraint(
                name="agents_contrat_essai",
                condition=models.Q(fin_essai__isnull=True) | models.Q(fin_essai__gte=models.F("date_debut")),
                violation_error_message="La période d’essai finit avant le début du contrat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_nature_display()} depuis le {self.date_debut:%d/%m/%Y}"
