"""Requests for a visit: no doctor is invented, no visit stands in for a wish."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from agents.models import Agent
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history
from visites.enums import EtatDemande, OrigineDemande
from visites.querysets import DemandeVisiteQuerySet


@keep_history("HistoireDemandeVisite")
class DemandeVisite(models.Model):
    """A visit asked for by the agent, his service or the doctor, with its reason and its answer.

    The reason is read as the motive « à la demande » is: by the section, the care staff and the agent.
    """

    agent = models.ForeignKey(Agent, models.PROTECT, related_name="demandes_visite", verbose_name="agent")
    origine = models.CharField("origine", max_length=10, choices=OrigineDemande.choices)
    demandeur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="demandeur",
    )
    nom_demandeur = models.CharField("nom du demandeur", max_length=120)
    demandee_le = models.DateField("demandée le", db_index=True)
    avant_le = models.DateField("souhaitée avant le", null=True, blank=True)
    raison = models.TextField("raison", max_length=1000, blank=True)
    etat = models.CharField("état", max_length=10, choices=EtatDemande.choices, default=EtatDemande.DEPOSEE)
    reponse = models.TextField("réponse", max_length=1000, blank=True)
    traitee_par = models.CharField("traitée par", max_length=120, blank=True)
    traitee_le = models.DateField("traitée le", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.H1: (
            "agent",
            "origine",
            "demandeur",
            "nom_demandeur",
            "demandee_le",
            "avant_le",
            "raison",
            "etat",
            "reponse",
            "traitee_par",
            "traitee_le",
        ),
        Classe.T0: ("id", "version"),
    }

    objects = DemandeVisiteQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_demande", "Voir les demandes de visite"),
            ("ask_visite", "Demander une visite"),
            ("answer_demande", "Répondre à une demande de visite"),
        ]
        ordering = ["-demandee_le", "-pk"]
        verbose_name = "demande de visite"
        verbose_name_plural = "demandes de visite"
        constraints = [
            models.CheckConstraint(
                name="visites_demande_traitee",
                condition=models.Q(etat=EtatDemande.DEPOSEE) | models.Q(traitee_le__isnull=False),
                violation_error_message="Une demande traitée dit quand.",
            )
        ]

    def __str__(self) -> str:
        return f"Demande de visite du {self.demandee_le:%d/%m/%Y}"

    @property
    def libelle_journal(self) -> str:
        """Name for the journal, which tells who opened what, not what was there."""
        return f"Demande de visite n° {self.pk}"
