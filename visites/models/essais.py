"""A rule of visits on trial: what it would move, before anybody adopts it."""

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.travaux.models import Travail
from visites.enums import Declencheur, EtatEssai
from visites.models.suivi import RegleVisite
from visites.querysets import EssaiRegleQuerySet


class EssaiRegle(models.Model):
    """A version of a rule that nobody has adopted, and what the calculation says it would change.

    `valeurs` are the columns of the version, `regles_lues` the rules and values that the trial was held
    against: once they have changed, the page says that the trial is older than they are.
    """

    declencheur = models.CharField("déclencheur", max_length=20, choices=Declencheur.choices)
    valeurs = models.JSONField("version à l’essai", encoder=DjangoJSONEncoder)
    jour = models.DateField("calculé pour le")
    regles_lues = models.JSONField("règles et valeurs lues", default=dict, blank=True)
    resultat = models.JSONField("ce que la version changerait", default=dict, blank=True)
    etat = models.CharField("état", max_length=10, choices=EtatEssai.choices, default=EtatEssai.EN_COURS)
    demandeur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="demandé par"
    )
    demande_le = models.DateTimeField("demandé le")
    travail = models.ForeignKey(
        Travail, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="travail"
    )
    adoptee = models.ForeignKey(
        RegleVisite, models.PROTECT, null=True, blank=True, related_name="essais", verbose_name="adoptée"
    )
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.H1: ("resultat",),
        Classe.L1: ("demandeur", "demande_le"),
        Classe.T0: (
            "id",
            "declencheur",
            "valeurs",
            "jour",
            "regles_lues",
            "etat",
            "travail",
            "adoptee",
            "version",
        ),
    }

    objects = EssaiRegleQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-demande_le", "-pk"]
        verbose_name = "essai d’une règle"
        verbose_name_plural = "essais de règles"
        constraints = [
            models.CheckConstraint(
                name="visites_essai_adopte",
                condition=models.Q(etat=EtatEssai.ADOPTE, adoptee__isnull=False)
                | (~models.Q(etat=EtatEssai.ADOPTE) & models.Q(adoptee__isnull=True)),
                violation_error_message="Un essai adopté dit quelle version il a donnée.",
            )
        ]

    def __str__(self) -> str:
        return f"Essai n° {self.pk}, {self.get_declencheur_display()}"
