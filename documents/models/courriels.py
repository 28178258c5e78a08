"""Messages on their way: written with the act that they tell of, sent by the worker."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Upper

from documents.enums import CanalMessage, EtatCourriel
from documents.querysets import CourrielQuerySet
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.scelles import OctetsScelles

PARTIS = (EtatCourriel.ENVOYE, EtatCourriel.REVENU)


class Courriel(models.Model):
    """A message to one address; its content, sealed meanwhile, goes once it is sent, or after its time.

    The content may hold a link that acts for whoever opens it: neither the database nor a backup reads it.
    """

    canal = models.CharField(
        "canal", max_length=10, choices=CanalMessage.choices, default=CanalMessage.COURRIEL
    )
    adresse = models.CharField("adresse", max_length=254)
    objet = models.CharField("objet", max_length=200)
    # Constant from the first attempt to the last: a server that took it twice may tell.
    reference = models.CharField("référence", max_length=120, unique=True)
    contenu = OctetsScelles("contenu", classe=Classe.H2, ligne="reference", null=True, blank=True)
    etat = models.CharField(
        "état", max_length=15, choices=EtatCourriel.choices, default=EtatCourriel.EN_ATTENTE
    )
    essais = models.PositiveSmallIntegerField("essais", default=0)
    reponse = models.CharField("réponse du serveur", max_length=100, blank=True)
    depuis_le = models.DateTimeField("à envoyer depuis")
    prochain_le = models.DateTimeField("prochain essai")
    cree_le = models.DateTimeField("écrit le")
    envoye_le = models.DateTimeField("envoyé le", null=True, blank=True)
    revenu_le = models.DateTimeField("revenu le", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.A1: ("adresse",),
        Classe.H2: ("contenu",),
        Classe.L1: ("depuis_le", "prochain_le", "cree_le", "envoye_le", "revenu_le"),
        Classe.T0: ("id", "canal", "objet", "reference", "etat", "essais", "reponse", "version"),
    }

    objects = CourrielQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_courriel", "Voir où en sont les messages"),
            ("send_courriel", "Renvoyer un message"),
        ]
        ordering = ["-cree_le", "-pk"]
        indexes = [
            models.Index(
                fields=["prochain_le"],
                condition=models.Q(etat=EtatCourriel.EN_ATTENTE),
                name="documents_courriels_a_envoyer",
            ),
            models.Index(Upper("adresse"), models.F("cree_le").desc(), name="documents_courriels_adresse"),
        ]
        constraints = [
            models.CheckConstraint(
                name="documents_courriel_envoye_date",
                condition=models.Q(etat__in=PARTIS, envoye_le__isnull=False)
                | (~models.Q(etat__in=PARTIS) & models.Q(envoye_le__isnull=True)),
                violation_error_message="Un message envoyé porte sa date, lui seul.",
            ),
            models.CheckConstraint(
                name="documents_courriel_revenu_date",
                condition=models.Q(etat=EtatCourriel.REVENU, revenu_le__isnull=False)
                | (~models.Q(etat=EtatCourriel.REVENU) & models.Q(revenu_le__isnull=True)),
                violation_error_message="Un message revenu porte sa date, lui seul.",
            ),
        ]

    def __str__(self) -> str:
        return f"Message n° {self.pk}"
