"""Links by which an agent answers to his appointment."""

from typing import ClassVar

from django.db import models

from nouvea_sst.lib.classes import Classe, Classes
from visites.enums import FinLien
from visites.models.visites import Visite
from visites.querysets_liens import LienReponseQuerySet


class LienReponse(models.Model):
    """A link sent to an agent: it answers once, for one appointment, until it begins.

    Only the hash of its token is kept; the token itself says the visit and the slot that it was made for.
    """

    visite = models.ForeignKey(Visite, models.PROTECT, related_name="liens", verbose_name="visite")
    empreinte = models.CharField("empreinte du jeton", max_length=64, unique=True)
    cree_le = models.DateTimeField("créé le")
    expire_le = models.DateTimeField("expire le")
    fini_le = models.DateTimeField("fini le", null=True, blank=True)
    fin = models.CharField("fin", max_length=10, choices=FinLien.choices, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.A2: ("visite", "expire_le"),
        Classe.L1: ("cree_le", "fini_le"),
        Classe.T0: ("id", "empreinte", "fin"),
    }

    objects = LienReponseQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-cree_le", "-pk"]
        verbose_name = "lien de réponse"
        verbose_name_plural = "liens de réponse"
        constraints = [
            models.CheckConstraint(
                name="visites_lien_fini",
                condition=models.Q(fini_le__isnull=True, fin="")
                | (models.Q(fini_le__isnull=False) & ~models.Q(fin="")),
                violation_error_message="Un lien fini dit comment et quand.",
            ),
            models.UniqueConstraint(
                fields=["visite"],
                condition=models.Q(fini_le__isnull=True),
                name="visites_un_lien_ouvert",
                violation_error_message="Un lien est déjà ouvert pour ce rendez-vous.",
            ),
        ]

    def __str__(self) -> str:
        return f"Lien n° {self.pk}"
