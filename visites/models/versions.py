"""A signed conclusion as it stood before it was corrected."""

import datetime
from typing import ClassVar

from django.db import models

from documents.models import Document
from nouvea_sst.lib.classes import Classe, Classes
from visites.enums import Conclusion
from visites.models.visites import Visite
from visites.querysets_versions import ConclusionCorrigeeQuerySet
from visites.rules.lecteurs import MesureLue


class ConclusionCorrigee(models.Model):
    """A version of a conclusion that a later one replaced: written once, with who replaced it and why.

    `mesures` holds its measures in words, each as label, precision, first and last day (ISO or null)
    and where it holds (a version written before that was asked has four words).
    """

    visite = models.ForeignKey(Visite, models.PROTECT, related_name="corrigees", verbose_name="visite")
    numero = models.PositiveSmallIntegerField("numéro")
    signee_le = models.DateTimeField("signée le")
    nom_professionnel = models.CharField("signée par", max_length=120)
    conclusion = models.CharField("conclusion", max_length=20, choices=Conclusion.choices)
    validite_mois = models.PositiveSmallIntegerField("à revoir dans, en mois", null=True, blank=True)
    prochaine_visite = models.DateField("prochaine visite", null=True, blank=True)
    message_employeur = models.TextField("message à l’employeur", max_length=2000, blank=True)
    orientation = models.CharField("orientation", max_length=120, blank=True)
    mesures = models.JSONField("mesures", default=list, blank=True)
    lue = models.JSONField("mots signés", default=dict, blank=True)
    certificat = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="certificat"
    )
    corrigee_le = models.DateTimeField("corrigée le")
    corrigee_par = models.CharField("corrigée par", max_length=120)
    raison = models.CharField("raison de la correction", max_length=200)
    partagee = models.BooleanField("change ce que d’autres lisent", default=True, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.M1: ("orientation",),
        Classe.H1: (
            "visite",
            "signee_le",
            "nom_professionnel",
            "conclusion",
            "validite_mois",
            "prochaine_visite",
            "message_employeur",
            "mesures",
            "lue",
            "certificat",
            "corrigee_le",
            "corrigee_par",
            "raison",
            "partagee",
        ),
        Classe.T0: ("id", "numero"),
    }

    objects = ConclusionCorrigeeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-numero"]
        verbose_name = "version corrigée d’une conclusion"
        verbose_name_plural = "versions corrigées d’une conclusion"
        constraints = [
            models.UniqueConstraint(fields=["visite", "numero"], name="visites_corrigee_un_numero"),
            models.CheckConstraint(
                name="visites_corrigee_raison",
                condition=~models.Q(raison=""),
                violation_error_message="Une correction dit pourquoi.",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.numero} de la conclusion"

    @property
    def lues(self) -> list[MesureLue]:
        """Its measures as the rules of reading take them."""
        return [
            MesureLue(libelle, precision, _day(debut), _day(fin), *etendue)
            for libelle, precision, debut, fin, *etendue in self.mesures
        ]


def _day(iso: str | None) -> datetime.date | None:
    return None if iso is None else datetime.date.fromisoformat(iso)
