"""A measure as a commitment: to whom, by when, and what became of it."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models

from agents.models import Poste, Structure
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history
from visites.enums import SuiteEngagement
from visites.models.visites import Restriction
from visites.querysets_engagements import EngagementQuerySet
from visites.rules.engagements import A_DIRE_AU_CHCT, Faits
from visites.rules.propositions import Place


@keep_history("HistoireEngagement")
class Engagement(models.Model):
    """The commitment to apply a signed measure. Its state is derived: rules/engagements.py.

    Structure and post are those of the agent when it was opened: when he leaves them it is to be reviewed.
    """

    restriction = models.OneToOneField(
        Restriction, models.PROTECT, related_name="engagement", verbose_name="restriction"
    )
    destinataire = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="encadrant chargé de l’appliquer",
    )
    structure = models.ForeignKey(
        Structure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="structure"
    )
    poste = models.ForeignKey(
        Poste, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="poste"
    )
    ouvert_le = models.DateField("ouvert le")
    echeance = models.DateField("à appliquer avant le", db_index=True)
    accuse_le = models.DateField("reçu le", null=True, blank=True)
    accuse_par = models.CharField("accusé de réception noté par", max_length=120, blank=True)
    suite = models.CharField("suite donnée", max_length=10, choices=SuiteEngagement.choices, blank=True)
    raison = models.TextField("raison", max_length=500, blank=True)
    preuve = models.CharField("preuve", max_length=200, blank=True)
    suite_le = models.DateField("suite du", null=True, blank=True)
    suite_par = models.CharField("suite notée par", max_length=120, blank=True)
    chct_le = models.DateField("CHCT informé le", null=True, blank=True)
    revue_le = models.DateField("à revoir le", null=True, blank=True)
    clos_le = models.DateField("clos le", null=True, blank=True)
    clos_parce_que = models.CharField("raison de la clôture", max_length=200, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.H1: (
            "restriction",
            "destinataire",
            "structure",
            "poste",
            "ouvert_le",
            "echeance",
            "accuse_le",
            "accuse_par",
            "suite",
            "raison",
            "preuve",
            "suite_le",
            "suite_par",
            "chct_le",
            "revue_le",
            "clos_le",
            "clos_parce_que",
        ),
        Classe.T0: ("id", "version"),
    }

    objects = EngagementQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_engagement", "Voir les restrictions à appliquer"),
            ("answer_engagement", "Accuser réception d’une restriction et dire sa suite"),
            ("follow_engagement", "Suivre les restrictions à appliquer"),
        ]
        ordering = ["echeance", "pk"]
        verbose_name = "suivi de restriction"
        verbose_name_plural = "suivis de restriction"
        constraints = [
            models.CheckConstraint(
                name="visites_engagement_suite_datee",
                condition=models.Q(suite="", suite_le__isnull=True)
                | (~models.Q(suite="") & models.Q(suite_le__isnull=False, accuse_le__isnull=False)),
                violation_error_message="Une suite donnée dit quand, après l’accusé de réception.",
            ),
            models.CheckConstraint(
                name="visites_engagement_raison",
                condition=~models.Q(suite__in=list(A_DIRE_AU_CHCT)) | ~models.Q(raison=""),
                violation_error_message="Une restriction refusée, ou appliquée en partie, dit pourquoi.",
            ),
            models.CheckConstraint(
                name="visites_engagement_chct",
                condition=models.Q(chct_le__isnull=True) | models.Q(suite__in=list(A_DIRE_AU_CHCT)),
                violation_error_message="Le CHCT est informé de ce qui n’est pas appliqué en entier.",
            ),
            models.CheckConstraint(
                name="visites_engagement_clos",
                condition=models.Q(clos_le__isnull=True, clos_parce_que="")
                | (models.Q(clos_le__isnull=False) & ~models.Q(clos_parce_que="")),
                violation_error_message="Un suivi clos dit quand et pourquoi.",
            ),
        ]

    def __str__(self) -> str:
        return f"Suivi de restriction n° {self.pk}"

    @property
    def libelle_journal(self) -> str:
        """Name for the journal, which tells who opened what, not what was there."""
        return f"Suivi de restriction n° {self.pk}"

    @property
    def place(self) -> Place:
        """Where its agent stands against where he stood; `restriction.agent` must be loaded."""
        agent = self.restriction.agent
        return Place(
            agent.date_depart,
            poste_change=self.poste_id is not None and agent.poste_id != self.poste_id,
            structure_change=self.structure_id is not None and agent.structure_id != self.structure_id,
        )

    @property
    def faits(self) -> Faits:
        """What the rules read of it; `restriction` must be loaded."""
        fin: datetime.date | None = self.restriction.date_fin
        return Faits(
            self.echeance, fin, self.accuse_le, self.suite, self.chct_le, self.clos_le, self.suite_le
        )
