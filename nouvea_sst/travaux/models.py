"""The job row that a page follows while the worker works."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models

from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.travaux.enums import EtatTravail

SURVEILLER = "travaux.manage_travail"
FINIS = {EtatTravail.TERMINE, EtatTravail.ECHEC, EtatTravail.ABANDONNE, EtatTravail.INTERROMPU}


class TravailQuerySet(models.QuerySet):
    """Jobs."""

    def visible_to(self, user) -> "TravailQuerySet":
        """One's own jobs only."""
        return self.filter(demandeur=user)

    def listed_for(self, user) -> "TravailQuerySet":
        """One's own, and everybody's for whoever watches over the queue: their state, not their result."""
        return self.all() if user.has_perm(SURVEILLER) else self.visible_to(user)

    def to_announce(self) -> "TravailQuerySet":
        """Jobs that run, or whose end their author has not been told."""
        return self.filter(annonce_le__isnull=True)

    def unfinished(self) -> "TravailQuerySet":
        """Jobs queued or running."""
        return self.filter(etat__in=[EtatTravail.EN_FILE, EtatTravail.EN_COURS])


class Travail(models.Model):
    """A background job: what was asked, how far it is, where its result is.

    adresse_arret: where one posts to stop it; empty for a job that nobody stops. arret_le: when somebody
    asked; the job looks at it before it settles anything.
    """

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
    adresse_arret = models.CharField("adresse d’arrêt", max_length=200, blank=True, editable=False)
    arret_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="arrêt demandé par",
    )
    arret_le = models.DateTimeField("arrêt demandé le", null=True, blank=True, editable=False)
    demande_le = models.DateTimeField("demandé le", auto_now_add=True)
    commence_le = models.DateTimeField("commencé le", null=True, blank=True)
    fini_le = models.DateTimeField("fini le", null=True, blank=True)
    annonce_le = models.DateTimeField("fin annoncée le", null=True, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.L1: ("intitule", "demandeur", "message", "adresse_resultat", "arret_par"),
        Classe.T0: (
            "id",
            "etat",
            "etape",
            "fait",
            "total",
            "demande_le",
            "commence_le",
            "fini_le",
            "annonce_le",
            "adresse_arret",
            "arret_le",
        ),
    }

    objects = TravailQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [("manage_travail", "Surveiller la file des travaux, relancer, abandonner")]
        ordering = ["-demande_le", "-pk"]
        verbose_name = "travail"
        verbose_name_plural = "travaux"

    def __str__(self) -> str:
        return self.intitule

    @property
    def est_fini(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.etat in FINIS

    @property
    def duree(self) -> datetime.timedelta | None:
        """From its beginning to its end."""
        return self.fini_le - self.commence_le if self.fini_le and self.commence_le else None
