"""Absences and their kinds."""

from typing import ClassVar

from django.db import models

from agents.enums import FamilleAbsence
from agents.models.agents import Agent
from agents.models.periodes import period_constraint
from agents.querysets import AbsenceQuerySet
from agents.rules.absences import Arret
from agents.rules.accidents import RECHUTE, count_itt
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history
from nouvea_sst.referentiel.models import EntreeListe


@keep_history("HistoireTypeAbsence")
class TypeAbsence(EntreeListe):
    """Kind of absence, with the former software's number."""

    code = models.PositiveSmallIntegerField("code de l’ancien logiciel", unique=True)
    libelle = models.CharField("libellé", max_length=100)
    famille = models.CharField("famille", max_length=20, choices=FamilleAbsence.choices)
    compte_droits = models.BooleanField("compte dans les droits à maladie", default=False)
    prolonge = models.BooleanField("peut prolonger un autre type", default=False)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: (
            "id",
            "code",
            "libelle",
            "famille",
            "compte_droits",
            "prolonge",
            "ordre",
            "actif",
            "source",
            "version",
        ),
    }

    class Meta:
        default_permissions = ()
        ordering = ["ordre", "libelle"]
        verbose_name = "type d’absence"
        verbose_name_plural = "types d’absence"

    def __str__(self) -> str:
        return self.libelle


@keep_history("HistoireAbsence")
class Absence(models.Model):
    """An absence in calendar days, both ends included; half days at either end."""

    agent = models.ForeignKey(Agent, models.PROTECT, related_name="absences", verbose_name="agent")
    type = models.ForeignKey(TypeAbsence, models.PROTECT, verbose_name="type")
    date_debut = models.DateField("début", db_index=True)
    date_fin = models.DateField("fin", db_index=True)
    debut_apres_midi = models.BooleanField("commence l’après-midi", default=False)
    fin_matin = models.BooleanField("finit à midi", default=False)
    prolongation = models.BooleanField("prolongation", default=False)
    accident = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="suites",
        verbose_name="accident d’origine",
    )
    date_accident = models.DateField("date de l’accident", null=True, blank=True)
    sans_arret = models.BooleanField("sans arrêt de travail", default=False)
    cle_import = models.CharField(
        "numéro d’origine", max_length=80, blank=True, db_index=True, editable=False
    )
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.A2: (
            "agent",
            "type",
            "date_debut",
            "date_fin",
            "debut_apres_midi",
            "fin_matin",
            "prolongation",
            "accident",
            "date_accident",
            "sans_arret",
            "cle_import",
        ),
        Classe.T0: ("id", "version"),
    }

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_absence", "Voir les absences"),
            ("view_type_absence", "Voir le type des absences"),
            ("change_absence", "Saisir les absences"),
        ]
        ordering = ["-date_debut", "-pk"]
        constraints = [
            period_constraint("agents_absence_periode"),
            models.CheckConstraint(
                name="agents_absence_accident",
                condition=models.Q(accident__isnull=True) | ~models.Q(accident=models.F("pk")),
                violation_error_message="Une absence ne se rattache pas à elle-même.",
            ),
        ]

    def __str__(self) -> str:
        return f"Absence du {self.date_debut:%d/%m/%Y} au {self.date_fin:%d/%m/%Y}"

    @property
    def libelle_journal(self) -> str:
        """Name for the journal, which tells who opened what, not what was there."""
        return f"Absence n° {self.pk}"

    @property
    def arret(self) -> Arret:
        """The absence as the rules see it."""
        return Arret(self.date_debut, self.date_fin, self.debut_apres_midi, self.fin_matin)

    @property
    def est_accident(self) -> bool:
        """Whether it is the leave of an accident, or what follows from one."""
        return self.type.famille == FamilleAbsence.ACCIDENT

    @property
    def itt(self) -> int:
        """Days of incapacity of a leave of an accident."""
        suite = self.accident_id is not None or self.prolongation or self.type.code == RECHUTE
        return count_itt(
            self.arret, suite=suite, sans_arret=self.sans_arret, date_accident=self.date_accident
        )
