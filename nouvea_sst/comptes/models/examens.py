"""The yearly examination of consultations: a sample drawn at random, and what the chief says of each line."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from nouvea_sst.comptes.enums import AvisConsultation
from nouvea_sst.comptes.models.journal import LigneJournal
from nouvea_sst.comptes.querysets_examens import ExamenQuerySet, LigneExamenQuerySet
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.classes import Classe, Classes


class ExamenConsultations(models.Model):
    """One year, one chief, one draw: the same seed over the same lines draws the same sample."""

    annee = models.PositiveSmallIntegerField("année")
    debut = models.DateField("premier jour")
    fin = models.DateField("dernier jour")
    graine = models.CharField("graine du tirage", max_length=32)
    population = models.PositiveIntegerField("consultations de la période")
    tire_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="tiré par"
    )
    tire_le = models.DateTimeField("tiré le")
    clos_le = models.DateTimeField("clos le", null=True, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.L1: ("annee", "debut", "fin", "graine", "population", "tire_par", "tire_le", "clos_le"),
        Classe.T0: ("id",),
    }

    objects = ExamenQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-annee", "pk"]
        verbose_name = "examen des consultations"
        verbose_name_plural = "examens des consultations"
        constraints = [
            models.UniqueConstraint(
                fields=["annee", "tire_par"],
                name="examen_une_fois_par_an",
                violation_error_message="Vous avez déjà tiré l’échantillon de cette année.",
            )
        ]

    def __str__(self) -> str:
        return f"Examen des consultations de {self.annee}"

    @property
    def periode(self) -> str:
        """« du 01/01/2026 au 31/12/2026 »."""
        return f"du {format_date(self.debut)} au {format_date(self.fin)}"


class LigneExamen(models.Model):
    """One consultation of the sample, and what was said of it."""

    examen = models.ForeignKey(
        ExamenConsultations, models.PROTECT, related_name="lignes", verbose_name="examen"
    )
    ligne = models.ForeignKey(LigneJournal, models.PROTECT, related_name="+", verbose_name="consultation")
    rang = models.PositiveSmallIntegerField("rang")
    avis = models.CharField("avis", max_length=15, choices=AvisConsultation.choices, blank=True)
    motif = models.CharField("précision", max_length=300, blank=True)
    examinee_le = models.DateTimeField("examinée le", null=True, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.L1: ("examen", "ligne", "rang", "avis", "motif", "examinee_le"),
        Classe.T0: ("id",),
    }

    objects = LigneExamenQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["rang"]
        verbose_name = "consultation examinée"
        verbose_name_plural = "consultations examinées"
        constraints = [
            models.UniqueConstraint(fields=["examen", "rang"], name="examen_un_rang"),
            models.UniqueConstraint(fields=["examen", "ligne"], name="examen_une_ligne"),
        ]

    def __str__(self) -> str:
        return f"Consultation {self.rang}"
