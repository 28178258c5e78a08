"""Half-days of doctors and nurses."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from agents.models import Site
from nouvea_sst.comptes.enums import Role
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.creneaux import Plage
from nouvea_sst.lib.histoire import keep_history
from visites.enums import EtatDemiJournee, NatureAbsence
from visites.querysets_planning import (
    AbsenceProfessionnelQuerySet,
    CreneauOccupeQuerySet,
    DemiJourneeQuerySet,
)
from visites.rules.absences import Empechement
from visites.rules.creneaux import hours_of


@keep_history("HistoireDemiJournee")
class DemiJournee(models.Model):
    """Part of a day that a professional gives to visits: where, from when to when, in slots of so long.

    No more visits than `capacite`, even where more slots would fit.
    """

    professionnel = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="professionnel"
    )
    lieu = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name="lieu")
    date = models.DateField("date", db_index=True)
    debut = models.TimeField("début")
    fin = models.TimeField("fin")
    duree = models.PositiveSmallIntegerField("durée d’un créneau, en minutes")
    capacite = models.PositiveSmallIntegerField("capacité")
    etat = models.CharField(
        "état", max_length=10, choices=EtatDemiJournee.choices, default=EtatDemiJournee.OUVERTE
    )
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: (
            "id",
            "professionnel",
            "lieu",
            "date",
            "debut",
            "fin",
            "duree",
            "capacite",
            "etat",
            "version",
        ),
    }

    objects = DemiJourneeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["date", "debut", "pk"]
        verbose_name = "demi-journée"
        verbose_name_plural = "demi-journées"
        constraints = [
            models.CheckConstraint(
                name="visites_demi_journee_heures",
                condition=models.Q(fin__gt=models.F("debut")),
                violation_error_message="La fin précède le début.",
            ),
            models.CheckConstraint(
                name="visites_demi_journee_creneaux",
                condition=models.Q(duree__range=(5, 240), capacite__gte=1),
                violation_error_message="Un créneau dure de 5 à 240 minutes, et il en faut un.",
            ),
            ExclusionConstraint(
                name="visites_demi_journee_une_a_la_fois",
                expressions=[
                    ("professionnel", RangeOperators.EQUAL),
                    (Plage("date", "debut", "fin"), RangeOperators.OVERLAPS),
                ],
                condition=~models.Q(etat=EtatDemiJournee.ANNULEE),
                violation_error_message="Ce professionnel a déjà une demi-journée à ces heures.",
            ),
        ]

    def __str__(self) -> str:
        return f"Demi-journée du {self.date:%d/%m/%Y}"

    @property
    def libelle_journal(self) -> str:
        """Name for the journal."""
        return f"Demi-journée n° {self.pk}"

    @property
    def entretiens(self) -> bool:
        """Whether it is a psychologist's; `professionnel` must be loaded."""
        return self.professionnel.role == Role.PSYCHOLOGUE

    @property
    def heures(self) -> list[datetime.time]:
        """Hours at which its visits begin, as many as it takes."""
        return hours_of(self.debut, self.fin, self.duree)[: self.capacite]


class CreneauOccupe(models.Model):
    """A slot of a psychologist that somebody has taken: who is written nowhere, so nothing can tell it."""

    demi_journee = models.ForeignKey(
        DemiJournee, models.PROTECT, related_name="occupes", verbose_name="demi-journée"
    )
    heure = models.TimeField("heure")

    CLASSES: ClassVar[Classes] = {Classe.T0: ("id", "demi_journee", "heure")}

    objects = CreneauOccupeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [("hold_entretien", "Tenir ses entretiens et dire quels créneaux sont occupés")]
        ordering = ["demi_journee", "heure"]
        verbose_name = "créneau occupé"
        verbose_name_plural = "créneaux occupés"
        constraints = [
            models.UniqueConstraint(
                fields=["demi_journee", "heure"],
                name="visites_creneau_occupe_une_fois",
                violation_error_message="Ce créneau est déjà occupé.",
            )
        ]

    def __str__(self) -> str:
        return f"Créneau de {self.heure:%H:%M}"


@keep_history("HistoireAbsenceProfessionnel")
class AbsenceProfessionnel(models.Model):
    """Days, or hours of one day, on which a professional holds no visit. Why is leave, training or other."""

    professionnel = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="professionnel"
    )
    nature = models.CharField("nature", max_length=10, choices=NatureAbsence.choices)
    date_debut = models.DateField("du")
    date_fin = models.DateField("au", db_index=True)
    debut = models.TimeField("de", null=True, blank=True)
    fin = models.TimeField("à", null=True, blank=True)
    annulee = models.BooleanField("annulée", default=False)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: (
            "id",
            "professionnel",
            "nature",
            "date_debut",
            "date_fin",
            "debut",
            "fin",
            "annulee",
            "version",
        ),
    }

    objects = AbsenceProfessionnelQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["date_debut", "pk"]
        verbose_name = "absence d’un professionnel"
        verbose_name_plural = "absences des professionnels"
        constraints = [
            models.CheckConstraint(
                name="visites_absence_professionnel_periode",
                condition=models.Q(date_fin__gte=models.F("date_debut")),
                violation_error_message="La fin précède le début.",
            ),
            models.CheckConstraint(
                name="visites_absence_professionnel_heures",
                condition=models.Q(debut__isnull=True, fin__isnull=True)
                | models.Q(fin__gt=models.F("debut"), date_fin=models.F("date_debut")),
                violation_error_message="Des heures se disent pour un seul jour, dans l’ordre.",
            ),
        ]

    def __str__(self) -> str:
        return f"Absence du {self.date_debut:%d/%m/%Y} au {self.date_fin:%d/%m/%Y}"

    @property
    def libelle_journal(self) -> str:
        """Name for the journal."""
        return f"Absence d’un professionnel n° {self.pk}"

    @property
    def lue(self) -> Empechement:
        """The absence as the rules take it."""
        return Empechement(
            self.date_debut, self.date_fin, NatureAbsence(self.nature).phrase, self.debut, self.fin
        )
