"""What stands on every letter: the head, and who may sign."""

from typing import ClassVar

from django.core.validators import EmailValidator
from django.db import models
from django.db.models import Q

from documents.querysets import SignataireQuerySet
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history


@keep_history("HistoireEnTete", exclude=("logo",))
class EnTete(models.Model):
    """The head of the letters; one row, that the section corrects."""

    organisme = models.CharField("organisme", max_length=80)
    service = models.CharField("service", max_length=120)
    adresse = models.CharField("adresse", max_length=200)
    ville = models.CharField("ville", max_length=60, help_text="« Nouméa, le… »")
    telephone = models.CharField("téléphone", max_length=20, blank=True)
    courriel = models.CharField(
        "adresse de réponse",
        max_length=120,
        blank=True,
        validators=[EmailValidator("Cette adresse de courriel n’est pas bien formée.")],
    )
    lieu_rendez_vous = models.CharField("lieu des rendez-vous", max_length=200)
    logo = models.BinaryField("logo", blank=True, default=b"")
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: (
            "id",
            "organisme",
            "service",
            "adresse",
            "ville",
            "telephone",
            "courriel",
            "lieu_rendez_vous",
            "logo",
            "version",
        ),
    }

    objects: ClassVar[models.Manager["EnTete"]] = models.Manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        verbose_name = "en-tête"
        verbose_name_plural = "en-têtes"
        constraints = [
            models.CheckConstraint(
                name="documents_un_seul_entete",
                condition=Q(pk=1),
                violation_error_message="Il n’y a qu’un en-tête.",
            )
        ]

    def __str__(self) -> str:
        return self.service


@keep_history("HistoireSignataire")
class Signataire(models.Model):
    """Who signs, in which function, by which delegation, from a day to a day, both included."""

    nom = models.CharField("nom", max_length=80)
    fonction = models.CharField("fonction", max_length=120)
    delegation = models.CharField(
        "délégation", max_length=160, blank=True, help_text="Par exemple : arrêté n° 2026/118."
    )
    date_debut = models.DateField("du")
    date_fin = models.DateField("au", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.A1: ("nom",),
        Classe.T0: ("id", "fonction", "delegation", "date_debut", "date_fin", "version"),
    }

    objects = SignataireQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-date_debut", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="documents_signataire_periode",
                condition=Q(date_fin__isnull=True) | Q(date_fin__gte=models.F("date_debut")),
                violation_error_message="La fin précède le début.",
            )
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def libelle_journal(self) -> str:
        """Name for the journal."""
        return f"Signataire n° {self.pk}"
