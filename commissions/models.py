"""Sessions of the CHCT and their agenda."""

import uuid
from typing import ClassVar

from django.db import models

from commissions.enums import EtatSeance, Instance, NaturePoint
from commissions.querysets import SeanceQuerySet
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history


@keep_history("HistoireSeance")
class Seance(models.Model):
    """A session: when, where, and what stands on its agenda."""

    instance = models.CharField("instance", max_length=10, choices=Instance.choices, default=Instance.CHCT)
    numero = models.PositiveSmallIntegerField("séance n°")
    date = models.DateField("date", db_index=True)
    heure = models.TimeField("heure")
    lieu = models.CharField("lieu", max_length=200)
    etat = models.CharField("état", max_length=10, choices=EtatSeance.choices, default=EtatSeance.PREPAREE)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.C1: ("instance", "numero", "date", "heure", "lieu", "etat"),
        Classe.T0: ("id", "version"),
    }

    objects = SeanceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [("view_seance", "Voir les séances"), ("change_seance", "Préparer les séances")]
        ordering = ["-date", "-pk"]
        verbose_name = "séance"
        constraints = [
            models.UniqueConstraint(
                fields=["instance", "numero"],
                name="commissions_seance_unique",
                violation_error_message="Cette séance existe déjà.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_instance_display()} n° {self.numero} du {self.date:%d/%m/%Y}"


@keep_history("HistoirePointOrdreDuJour", exclude=("jeton",))
class PointOrdreDuJour(models.Model):
    """One point of the agenda."""

    seance = models.ForeignKey(Seance, models.PROTECT, related_name="points", verbose_name="séance")
    ordre = models.PositiveSmallIntegerField("ordre")
    intitule = models.CharField("point", max_length=200)
    rapporteur = models.CharField("rapporteur", max_length=120, blank=True)
    nature = models.CharField(
        "nature", max_length=12, choices=NaturePoint.choices, default=NaturePoint.INFORMATION
    )
    jeton = models.UUIDField("jeton de saisie", default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.C1: ("seance", "ordre", "intitule", "rapporteur", "nature"),
        Classe.T0: ("id", "jeton", "version"),
    }

    class Meta:
        default_permissions = ()
        ordering = ["ordre", "pk"]
        verbose_name = "point de l’ordre du jour"
        constraints = [
            models.UniqueConstraint(
                fields=["seance", "ordre"],
                name="commissions_point_unique",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Deux points portent le même rang.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.ordre}. {self.intitule}"
