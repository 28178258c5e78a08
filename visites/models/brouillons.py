"""What is typed of a conclusion before it is signed."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.scelles import TexteScelle
from visites.models.visites import Visite
from visites.querysets_brouillons import BrouillonConclusionQuerySet


class BrouillonConclusion(models.Model):
    """A conclusion as one professional left it, sealed; gone when he signs, or after some days."""

    cle = models.UUIDField("clé", default=uuid.uuid4, unique=True, editable=False)
    visite = models.ForeignKey(Visite, models.PROTECT, related_name="brouillons", verbose_name="visite")
    compte = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="professionnel"
    )
    contenu = TexteScelle("contenu", classe="M1")
    version = models.PositiveIntegerField("version", default=0, editable=False)
    garde_le = models.DateTimeField("gardé le", db_index=True)

    CLASSES: ClassVar[Classes] = {
        Classe.M1: ("visite", "compte", "contenu", "garde_le"),
        Classe.T0: ("id", "cle", "version"),
    }

    objects = BrouillonConclusionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-garde_le", "-pk"]
        verbose_name = "brouillon d’une conclusion"
        verbose_name_plural = "brouillons de conclusions"
        constraints = [
            models.UniqueConstraint(fields=["visite", "compte"], name="visites_brouillon_un_par_compte"),
        ]

    def __str__(self) -> str:
        return f"Brouillon n° {self.pk}"
