"""Words that look clinical in a text that others read, and those that a signer confirmed there."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history
from nouvea_sst.referentiel.models import EntreeListe
from visites.enums import ChampPartage, GenreMot
from visites.models.demandes import DemandeVisite
from visites.models.suivi import VisiteDue
from visites.models.visites import Visite
from visites.querysets_lexique import MotCliniqueQuerySet, MotConfirmeQuerySet
from visites.rules.lexique import Terme, refuse_terme


@keep_history("HistoireMotClinique")
class MotClinique(EntreeListe):
    """A word or a few that a shared text marks, whole or as a beginning; or a word of work that it admits."""

    libelle = models.CharField("mot", max_length=80, unique=True)
    genre = models.CharField("genre", max_length=12, choices=GenreMot.choices)
    debut = models.BooleanField("début de mot", default=False)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: ("id", "libelle", "genre", "debut", "ordre", "actif", "source", "version"),
    }

    objects = MotCliniqueQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        default_permissions = ()
        ordering = ["libelle"]
        verbose_name = "mot du lexique"
        verbose_name_plural = "mots du lexique"

    def __str__(self) -> str:
        return self.libelle

    def clean(self) -> None:
        """Refuse what cannot be looked for in a text."""
        refus = refuse_terme(Terme(self.libelle, self.genre, self.debut))
        if refus:
            raise ValidationError({"libelle": refus})


class MotConfirme(models.Model):
    """A clinical word that its signer kept in a text that others read: which, where, who, when."""

    visite = models.ForeignKey(
        Visite, models.PROTECT, null=True, blank=True, related_name="mots_confirmes", verbose_name="visite"
    )
    demande = models.ForeignKey(
        DemandeVisite,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mots_confirmes",
        verbose_name="demande de visite",
    )
    due = models.ForeignKey(
        VisiteDue,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mots_confirmes",
        verbose_name="visite due",
    )
    champ = models.CharField("texte", max_length=20, choices=ChampPartage.choices)
    mot = models.CharField("mot", max_length=200)
    genre = models.CharField("genre", max_length=12, choices=GenreMot.choices)
    confirme_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="confirmé par"
    )
    confirme_le = models.DateTimeField("confirmé le")

    CLASSES: ClassVar[Classes] = {
        Classe.H1: (
            "visite",
            "demande",
            "due",
            "champ",
            "mot",
            "genre",
            "confirme_par",
            "confirme_le",
        ),
        Classe.T0: ("id",),
    }

    objects = MotConfirmeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["confirme_le", "pk"]
        verbose_name = "mot confirmé"
        verbose_name_plural = "mots confirmés"
        constraints = [
            models.CheckConstraint(
                name="visites_mot_confirme_un_texte",
                condition=models.Q(visite__isnull=False, demande__isnull=True, due__isnull=True)
                | models.Q(visite__isnull=True, demande__isnull=False, due__isnull=True)
                | models.Q(visite__isnull=True, demande__isnull=True, due__isnull=False),
                violation_error_message="Un mot confirmé tient à un seul texte.",
            )
        ]

    def __str__(self) -> str:
        return f"Mot confirmé n° {self.pk}"
