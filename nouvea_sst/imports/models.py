"""Profiles of columns, and the history of imports."""

from django.conf import settings
from django.db import models

from nouvea_sst.imports.enums import EtatImport
from nouvea_sst.imports.querysets import ImportQuerySet


class Profil(models.Model):
    """How the columns of one kind of file are read: kept under a name."""

    cible = models.CharField("cible", max_length=40)
    nom = models.CharField("nom", max_length=80)
    colonnes = models.JSONField("colonnes", default=dict)
    cle = models.CharField("clé", max_length=60)
    ordre_date = models.CharField("ordre des dates", max_length=3, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["cible", "nom"]
        constraints = [
            models.UniqueConstraint(
                fields=["cible", "nom"],
                name="imports_profil_unique",
                violation_error_message="Un profil porte déjà ce nom.",
            )
        ]

    def __str__(self) -> str:
        return self.nom


class Import(models.Model):
    """A file brought in, with what it did."""

    cible = models.CharField("cible", max_length=40)
    nom_fichier = models.CharField("fichier", max_length=200)
    contenu = models.BinaryField("contenu")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    etat = models.CharField("état", max_length=10, choices=EtatImport.choices, default=EtatImport.DEPOSE)
    reglages = models.JSONField("colonnes et réglages", default=dict)
    bilan = models.JSONField("bilan", default=dict)
    depose_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="déposé par"
    )
    depose_le = models.DateTimeField("déposé le", auto_now_add=True)
    applique_le = models.DateTimeField("appliqué le", null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [("import_registre", "Importer un registre")]
        ordering = ["-depose_le", "-pk"]

    def __str__(self) -> str:
        return self.nom_fichier
