"""Dated parameters, the texts that found them, days off; what every small list is made of."""

from typing import ClassVar

from django.db import models

from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history
from nouvea_sst.referentiel.enums import Fiabilite, NatureJour, NatureTexte
from nouvea_sst.referentiel.querysets import (
    EntreeQuerySet,
    JourFerieQuerySet,
    ParametreQuerySet,
    TexteQuerySet,
)


@keep_history("HistoireTexte")
class Texte(models.Model):
    """A law, a deliberation or a rule of the city: what values and practices are founded on."""

    reference = models.CharField("référence", max_length=120, unique=True)
    titre = models.CharField("titre", max_length=300)
    nature = models.CharField("nature", max_length=15, choices=NatureTexte.choices)
    date = models.DateField("date du texte", null=True, blank=True)
    adresse = models.URLField("adresse", max_length=300, blank=True)
    fonde = models.TextField("ce qu’il fonde", max_length=1000, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: ("id", "reference", "titre", "nature", "date", "adresse", "fonde", "version"),
    }

    objects = TexteQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["reference"]

    def __str__(self) -> str:
        return self.reference


@keep_history("HistoireParametre")
class Parametre(models.Model):
    """One value from one date on. A new text adds a row and edits none: old dates stay explained.

    A value that has not begun may be corrected, or withdrawn with a reason; the row stays.
    """

    code = models.CharField("code", max_length=80)
    libelle = models.CharField("libellé", max_length=200)
    valeur = models.DecimalField("valeur", max_digits=14, decimal_places=4)
    unite = models.CharField("unité", max_length=30)
    date_effet = models.DateField("date d’effet")
    source = models.CharField("source", max_length=300)
    fiabilite = models.CharField("fiabilité", max_length=12, choices=Fiabilite.choices)
    texte = models.ForeignKey(
        Texte, models.PROTECT, null=True, blank=True, related_name="valeurs", verbose_name="texte"
    )
    corrigee_parce_que = models.CharField("raison de la correction", max_length=100, blank=True)
    retiree_parce_que = models.CharField("raison du retrait", max_length=200, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: (
            "id",
            "code",
            "libelle",
            "valeur",
            "unite",
            "date_effet",
            "source",
            "fiabilite",
            "texte",
            "corrigee_parce_que",
            "retiree_parce_que",
            "version",
        ),
    }

    objects = ParametreQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_parametre", "Voir le référentiel"),
            ("change_parametre", "Modifier les valeurs et listes du métier"),
            ("change_medical", "Modifier les valeurs et listes médicales"),
            ("change_risques", "Modifier les valeurs des risques"),
            ("change_technique", "Modifier les valeurs et listes techniques"),
        ]
        ordering = ["code", "-date_effet"]
        verbose_name = "paramètre"
        constraints = [
            models.UniqueConstraint(
                fields=["code", "date_effet"],
                condition=models.Q(retiree_parce_que=""),
                name="referentiel_parametre_unique",
                violation_error_message="Ce paramètre a déjà une valeur à cette date d’effet.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.libelle} au {self.date_effet:%d/%m/%Y}"


@keep_history("HistoireJourFerie")
class JourFerie(models.Model):
    """A public holiday, or a day off of the city. A withdrawn one stays, with its reason."""

    date = models.DateField("date", unique=True)
    libelle = models.CharField("libellé", max_length=100)
    nature = models.CharField("nature", max_length=10, choices=NatureJour.choices, default=NatureJour.FERIE)
    source = models.CharField("source", max_length=300, blank=True)
    retire_parce_que = models.CharField("raison du retrait", max_length=200, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: ("id", "date", "libelle", "nature", "source", "retire_parce_que", "version"),
    }

    objects = JourFerieQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["date"]
        verbose_name = "jour férié"
        verbose_name_plural = "jours fériés"

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.libelle}"


class EntreeListe(models.Model):
    """One entry of a small list: ordered, put aside rather than deleted, with its source."""

    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    actif = models.BooleanField("proposé à la saisie", default=True)
    source = models.CharField("source", max_length=300, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    objects = EntreeQuerySet.as_manager()

    class Meta:
        abstract = True
