"""An issued document keeps the bytes that were handed over."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from agents.models import Agent
from documents.enums import CategorieDocument
from documents.querysets import DocumentQuerySet
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history


@keep_history("HistoireDocument", exclude=("contenu",))
class Document(models.Model):
    """A file as it was issued; a new version is a new document."""

    categorie = models.CharField("catégorie", max_length=20, choices=CategorieDocument.choices)
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="documents", verbose_name="agent")
    nom_fichier = models.CharField("nom du fichier", max_length=120)
    contenu = models.BinaryField("contenu")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    emis_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="émis par"
    )
    emis_le = models.DateTimeField("émis le", auto_now_add=True)

    CLASSES: ClassVar[Classes] = {
        Classe.H1: ("categorie", "contenu"),
        Classe.A2: ("agent", "emis_par", "emis_le"),
        Classe.T0: ("id", "nom_fichier", "sha256"),
    }

    objects = DocumentQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [("view_document", "Ouvrir les documents émis")]
        ordering = ["-emis_le", "-pk"]

    def __str__(self) -> str:
        return self.nom_fichier
