"""The job row that a page follows while the worker works."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.travaux.enums import EtatTravail


class TravailQuerySet(models.QuerySet):
    """Jobs."""

    def visible_to(self, user) -> "TravailQuerySet":
        """One's own jobs only."""
        return self.filter(demandeur=user)


class Travail(models.Model):
    """A background job: what was asked, how far it is, where its result is."""

    intitule = models.CharField("travail", max_length=200)
    demandeur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="demandé par"
    )
    etat = models.CharField("état", max_length=10, choices=EtatTravail.choices, default=EtatTravail.EN_FILE)
    etape = models.CharField("étape", max_length=200, blank=True)
    fait = models.PositiveIntegerField("fait", default=0)
    total = models.PositiveIntegerField("total", default=0)
    message = models.CharField("message", max_length=500, blank=True)
    adresse_resultat = models.CharField("adresse du résultat", max_length=200, blank=True)
    demande_le = models.DateTimeField("demandé le", auto_now_add=True)
    commence_le = models.DateTimeField("commencé le", null=True, blank=True)
    fini_le = models.DateTimeField("fini le", null=True, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.L1: ("intitule", "demandeur", "message", "adresse_resultat"),
        Classe.T0: ("id", "etat", "etape", "fait", "total", "demande_le", "commence_le", "fini_le"),
    }

    objects = TravailQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-demande_le", "-pk"]
        verbose_name = "travail"
        verbose_name_plural = "travaux"

    def __str__(self) -> str:
        return self.intitule

    @property
    def est_fini(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.etat in {EtatTravail.TERMINE, EtatTravail.ECHEC}
