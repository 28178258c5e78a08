"""Frozen editions: what was printed stays what was printed. Saved views of lists."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models

from commissions.models import Seance
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history
from nouvea_sst.travaux.models import Travail
from reporting.querysets import (
    ContradictionEcarteeQuerySet,
    EditionQuerySet,
    ResumeQuerySet,
    VueEnregistreeQuerySet,
)

FIGES = ("seance", "debut", "fin", "arretee_le", "rang", "chiffres", "pdf", "sha256", "pages", "faite_le")


@keep_history("HistoireEdition", exclude=("pdf", "chiffres"))
class Edition(models.Model):
    """A pack as it was made: figures, PDF bytes and their SHA-256. A reprint returns those bytes."""

    seance = models.ForeignKey(
        Seance, models.PROTECT, null=True, blank=True, related_name="editions", verbose_name="séance"
    )
    debut = models.DateField("début de la période")
    fin = models.DateField("fin de la période")
    arretee_le = models.DateField("données arrêtées au")
    rang = models.PositiveSmallIntegerField("édition n°")
    chiffres = models.JSONField("chiffres")
    pdf = models.BinaryField("PDF")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    pages = models.PositiveSmallIntegerField("pages")
    faite_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="faite par"
    )
    faite_le = models.DateTimeField("faite le", auto_now_add=True)
    travail = models.OneToOneField(
        Travail, models.SET_NULL, null=True, blank=True, related_name="edition", verbose_name="travail"
    )

    CLASSES: ClassVar[Classes] = {
        Classe.S1: ("seance", "debut", "fin", "arretee_le", "rang", "chiffres", "pdf", "pages"),
        Classe.L1: ("faite_par", "faite_le"),
        Classe.T0: ("id", "sha256", "travail"),
    }

    objects = EditionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_tableau", "Voir le tableau de bord"),
            ("create_edition", "Préparer un dossier CHCT"),
            ("view_edition", "Ouvrir les dossiers CHCT"),
        ]
        ordering = ["-faite_le", "-pk"]
        verbose_name = "édition"
        constraints = [
            models.CheckConstraint(
                name="reporting_edition_periode",
                condition=models.Q(fin__gte=models.F("debut")),
                violation_error_message="La fin de la période précède son début.",
            ),
            models.UniqueConstraint(
                fields=["seance", "debut", "fin", "rang"],
                name="reporting_edition_rang",
                nulls_distinct=False,
                violation_error_message="Cette édition existe déjà.",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="edition_figee", fields=[*FIGES]),
            pgtrigger.Protect(name="edition_jamais_effacee", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Dossier CHCT du {self.debut:%d/%m/%Y} au {self.fin:%d/%m/%Y}, édition {self.rang}"

    @property
    def nom_seance(self) -> str:
        """« CHCT n° 3 du 10/12/2026 », or that no session was fixed."""
        return str(self.seance) if self.seance else "Séance à fixer"

    @property
    def nom_fichier(self) -> str:
        """Name of the PDF, without anything about health."""
        seance = f"seance-{self.seance.numero}-" if self.seance else ""
        return f"dossier-chct-{seance}{self.debut:%Y%m%d}-{self.fin:%Y%m%d}-edition-{self.rang}.pdf"


class VueEnregistree(models.Model):
    """A view of a list that one person keeps: filters, sort and columns, under a name."""

    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="vues_enregistrees", verbose_name="compte"
    )
    liste = models.CharField("liste", max_length=80)
    nom = models.CharField("nom de la vue", max_length=40)
    requete = models.CharField("filtres, tri et colonnes", max_length=1500, blank=True)
    rang = models.PositiveSmallIntegerField("rang", default=0)
    supprimee_le = models.DateTimeField("supprimée le", null=True, blank=True)

    # The words typed in a filter may name an agent.
    CLASSES: ClassVar[Classes] = {
        Classe.A1: ("nom", "requete"),
        Classe.T0: ("id", "utilisateur", "liste", "rang", "supprimee_le"),
    }

    objects = VueEnregistreeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["liste", "rang", "pk"]
        verbose_name = "vue enregistrée"
        verbose_name_plural = "vues enregistrées"
        constraints = [
            models.UniqueConstraint(
                fields=["utilisateur", "liste", "nom"],
                condition=models.Q(supprimee_le__isnull=True),
                name="reporting_vue_nom_unique",
                violation_error_message="Une de vos vues de cette liste porte déjà ce nom.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom


@keep_history("HistoireContradictionEcartee")
class ContradictionEcartee(models.Model):
    """A row of a contradiction that somebody knows to be no error, until it is taken back."""

    code = models.CharField("contradiction", max_length=40)
    cle = models.BigIntegerField("clé de la ligne")
    raison = models.CharField("raison", max_length=200)
    ecartee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="écartée par"
    )
    ecartee_le = models.DateTimeField("écartée le")
    reprise_le = models.DateTimeField("reprise le", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    # What one types may say something of a person.
    CLASSES: ClassVar[Classes] = {
        Classe.A2: ("raison", "cle"),
        Classe.L1: ("ecartee_par", "ecartee_le", "reprise_le"),
        Classe.T0: ("id", "code", "version"),
    }

    objects = ContradictionEcarteeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_qualite", "Voir la qualité des données"),
            ("change_qualite", "Écarter ce qui n’est pas une erreur"),
        ]
        ordering = ["-ecartee_le", "-pk"]
        verbose_name = "contradiction écartée"
        verbose_name_plural = "contradictions écartées"
        constraints = [
            models.UniqueConstraint(
                fields=["code", "cle"],
                condition=models.Q(reprise_le__isnull=True),
                name="reporting_ecartee_une_fois",
                violation_error_message="Cette ligne est déjà écartée.",
            ),
        ]

    def __str__(self) -> str:
        return f"Contradiction écartée n° {self.pk}"


class Resume(models.Model):
    """Whether a person receives the message of the day, and the last day of which he got it."""

    compte = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="resume", verbose_name="compte"
    )
    recoit = models.BooleanField("reçoit le résumé", default=True)
    dernier = models.DateField("dernier résumé du", null=True, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.L1: ("compte", "recoit", "dernier"),
        Classe.T0: ("id",),
    }

    objects = ResumeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = "résumé du jour"
        verbose_name_plural = "résumés du jour"

    def __str__(self) -> str:
        return f"Résumé de {self.compte}"
