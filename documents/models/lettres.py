"""Letters issued, one by one or as a lot."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models

from agents.models import Agent
from documents.enums import ModeEnvoi
from documents.models.documents import Document
from documents.models.modeles import VersionLettre
from documents.querysets import LettreEmiseQuerySet, LotLettresQuerySet
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history
from nouvea_sst.travaux.models import Travail


class LotLettres(models.Model):
    """Letters made together: one file of all, in mailing order. Empty as long as the worker makes them."""

    intitule = models.CharField("lot", max_length=120)
    demandeur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="demandé par"
    )
    travail = models.ForeignKey(Travail, models.PROTECT, related_name="+", verbose_name="travail")
    demande_le = models.DateTimeField("demandé le", auto_now_add=True)
    nombre = models.PositiveIntegerField("lettres", default=0)
    # What the worker needs, emptied once the letters are made.
    saisie = models.JSONField("demande", default=dict, blank=True)
    ecartees = models.JSONField("lettres non faites", default=list, blank=True)
    # What it was made for, in the words of the app that asked: two people do not make the same one at once.
    objet_cle = models.CharField("clé de l’objet", max_length=60, blank=True, db_index=True)
    contenu = models.BinaryField("fichier", blank=True, default=b"")

    CLASSES: ClassVar[Classes] = {
        Classe.A2: ("intitule", "demandeur", "demande_le", "saisie", "ecartees", "contenu"),
        Classe.T0: ("id", "travail", "nombre", "objet_cle"),
    }

    objects = LotLettresQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        verbose_name = "lot de lettres"
        verbose_name_plural = "lots de lettres"

    def __str__(self) -> str:
        return self.intitule

    @property
    def libelle_journal(self) -> str:
        """Name for the journal."""
        return f"Lot n° {self.pk}"


@keep_history("HistoireLettreEmise")
class LettreEmise(models.Model):
    """A letter that went: to whom, how, by which version of its text; `cle` is what makes it unique."""

    agent = models.ForeignKey(Agent, models.PROTECT, related_name="lettres", verbose_name="agent")
    modele = models.ForeignKey(VersionLettre, models.PROTECT, related_name="lettres", verbose_name="modèle")
    cle = models.CharField("clé", max_length=120, unique=True)
    destinataire = models.CharField("destinataire", max_length=160)
    mode = models.CharField("envoi", max_length=10, choices=ModeEnvoi.choices, default=ModeEnvoi.PAPIER)
    document = models.OneToOneField(Document, models.PROTECT, related_name="lettre", verbose_name="document")
    lot = models.ForeignKey(
        LotLettres, models.PROTECT, null=True, blank=True, related_name="lettres", verbose_name="lot"
    )
    emise_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="émise par",
    )
    emise_le = models.DateTimeField("émise le")

    CLASSES: ClassVar[Classes] = {
        Classe.A2: ("agent", "destinataire", "mode", "document", "lot", "emise_par", "emise_le"),
        Classe.T0: ("id", "modele", "cle"),
    }

    objects = LettreEmiseQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_lettre", "Voir le registre des lettres"),
            ("issue_lettre", "Établir et envoyer des lettres"),
        ]
        ordering = ["-emise_le", "-pk"]
        verbose_name = "lettre émise"
        verbose_name_plural = "lettres émises"
        triggers = [
            pgtrigger.ReadOnly(name="lettre_figee", fields=["modele", "cle", "document", "emise_le"]),
            pgtrigger.Protect(name="lettre_jamais_effacee", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Lettre n° {self.pk}"
