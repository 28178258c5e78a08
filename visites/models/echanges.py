"""What the coordinators follow an agent for: who may read it, the exchanges, what was shown, what comes next.

All of class H2. What was said, why a text was amended, the names and bytes of attachments and the words of a
step are sealed; the days, the kinds and the people are not, so that lists sort and filter on them.
"""

import uuid
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models

from agents.models import Agent
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.scelles import OctetsScelles, TexteScelle
from visites.enums import FinEtape, Interlocuteur, NatureEchange
from visites.models.notes import (
    PIECE_FIGEE,
    VERSION_FIGEE,
    NoteConfidentielle,
    PartageNote,
    PieceNote,
    VersionNote,
    classes_of,
    piece_classes,
    share_classes,
    version_classes,
    written_once,
)
from visites.querysets_echanges import AccompagnementQuerySet, EchangeQuerySet, EtapeQuerySet, MembreQuerySet
from visites.querysets_notes import PartageQuerySet, PieceQuerySet


class Accompagnement(models.Model):
    """The follow-up of an agent by coordinators; restricted, it exists for the people named on it alone.

    An agent may have several: who does not see a restricted one is not told so when he opens his own.
    """

    cle = models.UUIDField("clé", default=uuid.uuid4, unique=True, editable=False)
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="accompagnements", verbose_name="agent")
    ouvert_le = models.DateField("ouvert le")
    restreint = models.BooleanField("réservé aux personnes nommées", default=False)
    ferme_le = models.DateField("fermé le", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = classes_of(
        Classe.H2, "agent", "ouvert_le", "restreint", "ferme_le", cles=("cle", "version")
    )

    objects = AccompagnementQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_accompagnement", "Lire les accompagnements qui lui sont ouverts"),
            ("write_echange", "Tenir les accompagnements auxquels il est affecté"),
            ("read_echange", "Lire les échanges qui lui sont montrés"),
        ]
        ordering = ["-ouvert_le", "-pk"]
        verbose_name = "accompagnement"
        verbose_name_plural = "accompagnements"
        constraints = [
            models.CheckConstraint(
                name="visites_accompagnement_ferme",
                condition=models.Q(ferme_le__isnull=True) | models.Q(ferme_le__gte=models.F("ouvert_le")),
                violation_error_message="Un accompagnement se ferme après son ouverture.",
            ),
        ]

    def __str__(self) -> str:
        return f"Accompagnement n° {self.pk}"


class MembreAccompagnement(models.Model):
    """A person named on a follow-up, from a day to a day: a coordinator keeps it, a chief reads it."""

    accompagnement = models.ForeignKey(
        Accompagnement, models.PROTECT, related_name="membres", verbose_name="accompagnement"
    )
    compte = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="personne"
    )
    depuis = models.DateField("depuis le")
    jusqu_au = models.DateField("jusqu’au", null=True, blank=True)

    CLASSES: ClassVar[Classes] = classes_of(Classe.H2, "accompagnement", "compte", "depuis", "jusqu_au")

    objects = MembreQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["depuis", "pk"]
        verbose_name = "personne d’un accompagnement"
        verbose_name_plural = "personnes d’un accompagnement"
        constraints = [
            models.UniqueConstraint(
                fields=["accompagnement", "compte"],
                condition=models.Q(jusqu_au__isnull=True),
                name="visites_membre_une_fois",
                violation_error_message="Cette personne est déjà nommée.",
            ),
            models.CheckConstraint(
                name="visites_membre_periode",
                condition=models.Q(jusqu_au__isnull=True) | models.Q(jusqu_au__gte=models.F("depuis")),
                violation_error_message="La fin vient après le début.",
            ),
        ]

    def __str__(self) -> str:
        return f"Personne n° {self.pk}"


class Echange(NoteConfidentielle):
    """A call, a talk, a letter about an agent: what was said stands in its versions."""

    MOT: ClassVar[str] = "echange"

    accompagnement = models.ForeignKey(
        Accompagnement, models.PROTECT, related_name="echanges", verbose_name="accompagnement"
    )
    nature = models.CharField("nature", max_length=10, choices=NatureEchange.choices)
    avec = models.CharField("avec", max_length=10, choices=Interlocuteur.choices)

    CLASSES: ClassVar[Classes] = classes_of(
        Classe.H2,
        "accompagnement",
        "auteur",
        "nom_auteur",
        "profession",
        "date",
        "nature",
        "avec",
        cles=("cle", "version"),
    )

    objects = EchangeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-date", "-pk"]
        verbose_name = "échange"
        verbose_name_plural = "échanges"

    def __str__(self) -> str:
        return f"Échange n° {self.pk}"

    @property
    def agent(self) -> Agent:
        """Whom it is about."""
        return self.accompagnement.agent

    @property
    def titre(self) -> str:
        """What its page and its copy are headed by."""
        return f"{self.get_nature_display()} du {format_date(self.date, 'long')}"


class VersionEchange(VersionNote):
    """What was said, as it was signed; `raison` tells why it replaces the one before, empty for the first."""

    note = models.ForeignKey(Echange, models.PROTECT, related_name="versions", verbose_name="échange")
    texte = TexteScelle("texte", classe="H2")
    raison = TexteScelle("raison", classe="H2")

    CLASSES: ClassVar[Classes] = version_classes(Classe.H2, "raison")

    class Meta:
        default_permissions = ()
        ordering = ["-rang"]
        verbose_name = "version d’un échange"
        verbose_name_plural = "versions d’échanges"
        constraints = [
            models.UniqueConstraint(fields=["note", "rang"], name="visites_version_echange_rang"),
        ]
        triggers = written_once("version", figes=VERSION_FIGEE, scelles=["texte", "raison"])


class PieceEchange(PieceNote):
    """A file joined to an exchange."""

    note = models.ForeignKey(Echange, models.PROTECT, related_name="pieces", verbose_name="échange")
    nom = TexteScelle("nom", classe="H2")
    contenu = OctetsScelles("contenu", classe="H2")

    CLASSES: ClassVar[Classes] = piece_classes(Classe.H2)

    objects = PieceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        verbose_name = "pièce d’un échange"
        verbose_name_plural = "pièces d’échanges"
        triggers = written_once("piece", figes=PIECE_FIGEE, scelles=["nom", "contenu"])


class PartageEchange(PartageNote):
    """An exchange shown to a named doctor or psychologist."""

    note = models.ForeignKey(Echange, models.PROTECT, related_name="partages", verbose_name="échange")

    CLASSES: ClassVar[Classes] = share_classes(Classe.H2)

    objects = PartageQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["accorde_le", "pk"]
        verbose_name = "partage d’un échange"
        verbose_name_plural = "partages d’échanges"


class EtapeEchange(models.Model):
    """What comes next after an exchange, and by when; done or given up, it stays."""

    cle = models.UUIDField("clé", default=uuid.uuid4, unique=True, editable=False)
    note = models.ForeignKey(Echange, models.PROTECT, related_name="etapes", verbose_name="échange")
    texte = TexteScelle("à faire", classe="H2")
    prevue_le = models.DateField("prévue le", db_index=True)
    fin = models.CharField("ce qu’elle est devenue", max_length=10, choices=FinEtape.choices, blank=True)
    finie_le = models.DateField("finie le", null=True, blank=True)
    finie_par = models.CharField("dite finie par", max_length=120, blank=True)

    CLASSES: ClassVar[Classes] = classes_of(
        Classe.H2, "note", "texte", "prevue_le", "fin", "finie_le", "finie_par", cles=("cle",)
    )

    objects = EtapeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["prevue_le", "pk"]
        verbose_name = "étape"
        verbose_name_plural = "étapes"
        constraints = [
            models.CheckConstraint(
                name="visites_etape_finie",
                condition=models.Q(fin="", finie_le__isnull=True)
                | (~models.Q(fin="") & models.Q(finie_le__isnull=False)),
                violation_error_message="Une étape finie dit quand.",
            ),
        ]
        triggers = [pgtrigger.Protect(name="etape_jamais_effacee", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Étape n° {self.pk}"

    @property
    def agent(self) -> Any:
        """Whom it is about."""
        return self.note.agent
