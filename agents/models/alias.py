"""What stays of a file that was found to be another's."""

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from agents.models.agents import Agent
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history


@keep_history("HistoireAlias", exclude=("retour",))
class Alias(models.Model):
    """A merged file: its key, its numbers and its name lead to the agent who stays.

    `retour` is what undoing the merge needs: the file, what was moved, what was settled and how.
    """

    cle = models.BigIntegerField("ancien numéro de dossier", unique=True)
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="alias", verbose_name="agent")
    nom = models.CharField("nom d’usage", max_length=80)
    prenom = models.CharField("prénom", max_length=80)
    nom_cle = models.CharField("clé de tri", max_length=180, db_index=True, editable=False)
    matricule = models.CharField("matricule", max_length=10, blank=True)
    id_tiarhe = models.CharField("matricule Tiarhé", max_length=15, blank=True)
    cle_import = models.CharField("clé du registre", max_length=200, blank=True, editable=False)
    fondu_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="fondu par",
    )
    fondu_le = models.DateTimeField("fondu le")
    retour = models.JSONField("ce qu’il faut pour défaire", encoder=DjangoJSONEncoder)

    CLASSES: ClassVar[Classes] = {
        Classe.H1: ("retour",),
        Classe.A2: ("cle_import",),
        Classe.A1: ("agent", "cle", "nom", "prenom", "nom_cle", "matricule", "id_tiarhe"),
        Classe.L1: ("fondu_par", "fondu_le"),
        Classe.T0: ("id",),
    }

    class Meta:
        default_permissions = ()
        ordering = ["-fondu_le", "-pk"]
        verbose_name = "alias"
        verbose_name_plural = "alias"

    def __str__(self) -> str:
        return f"{self.nom.upper()} {self.prenom}"
