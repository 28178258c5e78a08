"""Alerts about absences: what the rules found, what somebody made of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from agents.enums import JUSTES, EtatAlerte, MotifEcart, RegleAlerte
from agents.models.agents import Agent
from agents.querysets.alertes import AlerteQuerySet
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history

DECIDES = (EtatAlerte.TRAITEE.value, EtatAlerte.ECARTEE.value)


@keep_history("HistoireAlerteAbsence", exclude=("preuve", "limite"))
class AlerteAbsence(models.Model):
    """One rule that holds for an agent, once for each occasion: a leave, a series of short ones.

    `seuil` is the number of days of the rule that has several; `limite` the day on which pay changes.
    """

    agent = models.ForeignKey(Agent, models.PROTECT, related_name="alertes", verbose_name="agent")
    regle = models.CharField("règle", max_length=10, choices=RegleAlerte.choices)
    seuil = models.PositiveSmallIntegerField("seuil, en jours", default=0)
    occasion = models.DateField("depuis le")
    limite = models.DateField("échéance", null=True, blank=True)
    preuve = models.JSONField("preuve")
    levee_le = models.DateField("levée le", db_index=True)
    etat = models.CharField("état", max_length=10, choices=EtatAlerte.choices, default=EtatAlerte.OUVERTE)
    motif = models.CharField("raison", max_length=15, choices=MotifEcart.choices, blank=True)
    commentaire = models.CharField("précision", max_length=200, blank=True)
    decidee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="décidée par",
    )
    decidee_le = models.DateTimeField("décidée le", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.A2: (
            "agent",
            "regle",
            "seuil",
            "occasion",
            "limite",
            "preuve",
            "levee_le",
            "motif",
            "commentaire",
        ),
        Classe.L1: ("decidee_par", "decidee_le"),
        Classe.T0: ("id", "etat", "version"),
    }

    objects = AlerteQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_alerte", "Voir les alertes d’absence"),
            ("change_alerte", "Traiter ou écarter les alertes d’absence"),
        ]
        ordering = ["-levee_le", "-pk"]
        verbose_name = "alerte d’absence"
        verbose_name_plural = "alertes d’absence"
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "regle", "seuil", "occasion"],
                name="agents_alerte_occasion",
                violation_error_message="Cette alerte est déjà levée.",
            ),
            models.CheckConstraint(
                name="agents_alerte_decidee",
                condition=Q(etat__in=DECIDES, decidee_le__isnull=False)
                | (~Q(etat__in=DECIDES) & Q(decidee_le__isnull=True)),
                violation_error_message="Une alerte traitée ou écartée dit quand elle l’a été.",
            ),
            models.CheckConstraint(
                name="agents_alerte_ecartee",
                condition=(Q(etat=EtatAlerte.ECARTEE) & ~Q(motif=""))
                | (~Q(etat=EtatAlerte.ECARTEE) & Q(motif="")),
                violation_error_message="Une alerte écartée dit pourquoi, et elle seule.",
            ),
        ]

    def __str__(self) -> str:
        return self.titre

    @property
    def titre(self) -> str:
        """Name of the rule, with its threshold."""
        regle = str(RegleAlerte(self.regle).label)
        return f"{regle}, {count_of(self.seuil, 'jour')} et plus" if self.seuil else regle

    @property
    def libelle_journal(self) -> str:
        """Name for the journal, which tells who opened what, not what was there."""
        return f"Alerte n° {self.pk}"

    @property
    def est_juste(self) -> bool:
        """Whether a person found that it was right to raise it."""
        return self.etat == EtatAlerte.TRAITEE or self.motif in JUSTES
