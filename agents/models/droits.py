"""The scale of sick-leave rights: dated, by group of statuses and length of service."""

from typing import ClassVar

from django.db import models

from agents.enums import GroupeStatut
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history
from nouvea_sst.referentiel.enums import Fiabilite
from nouvea_sst.referentiel.models import EntreeListe


@keep_history("HistoireDroitMaladie")
class DroitMaladie(EntreeListe):
    """Days of full and of half pay in a rolling year, from a day on, below so many years of service.

    The row of an agent is that of his group with the lowest bound above his years: no hole, no overlap.
    """

    libelle = models.CharField("libellé", max_length=100)
    groupe = models.CharField("statuts", max_length=4, choices=GroupeStatut.choices)
    annees_moins_de = models.PositiveSmallIntegerField(
        "moins de tant d’années d’ancienneté", null=True, blank=True
    )
    jours_plein = models.PositiveSmallIntegerField("jours à plein traitement")
    jours_demi = models.PositiveSmallIntegerField("jours à demi-traitement")
    date_effet = models.DateField("date d’effet")
    fiabilite = models.CharField(
        "fiabilité", max_length=12, choices=Fiabilite.choices, default=Fiabilite.HYPOTHESE
    )
    code_ancien = models.PositiveIntegerField("code de l’ancien logiciel", null=True, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: (
            "id",
            "libelle",
            "groupe",
            "annees_moins_de",
            "jours_plein",
            "jours_demi",
            "date_effet",
            "fiabilite",
            "code_ancien",
            "ordre",
            "actif",
            "source",
            "version",
        ),
    }

    class Meta:
        default_permissions = ()
        permissions = [("view_droits_maladie", "Voir les jours à plein et à demi-traitement d’un agent")]
        ordering = ["groupe", "-date_effet", models.F("annees_moins_de").asc(nulls_last=True), "pk"]
        verbose_name = "droit à maladie"
        verbose_name_plural = "droits à maladie"
        constraints = [
            models.UniqueConstraint(
                fields=["groupe", "annees_moins_de", "date_effet"],
                nulls_distinct=False,
                name="agents_droit_maladie_unique",
                violation_error_message="Ce groupe a déjà une ligne pour cette ancienneté à cette date.",
            )
        ]

    def __str__(self) -> str:
        return self.libelle
