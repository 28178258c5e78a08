"""Confidential notes: those of doctors and nurses, and apart, in tables of their own, those of psychologists.

What a note says, the names of its attachments and their bytes are sealed. A version is written once: only a
change of key touches it again.
"""

import uuid
from collections.abc import Sequence
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models

from agents.models import Agent
from nouvea_sst.comptes.enums import Role
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.scelles import ENTETE, OctetsScelles, TexteScelle
from visites.enums import TypePiece
from visites.querysets_notes import (
    NotePsychologueQuerySet,
    NoteSoignantQuerySet,
    PartageQuerySet,
    PieceQuerySet,
)

SE_RECRIT = "Ce qui est signé ne se récrit pas : seule une autre clé le rescelle."


def written_once(nom: str, *, figes: Sequence[str], scelles: Sequence[str]) -> list[pgtrigger.Trigger]:
    """Return the triggers that refuse to change or delete a row, but for a value sealed by another key."""
    fixes = " OR ".join(f"OLD.{colonne} IS DISTINCT FROM NEW.{colonne}" for colonne in figes)
    memes = " OR ".join(
        f"(OLD.{c} IS DISTINCT FROM NEW.{c} AND "
        f"substring(OLD.{c} from 1 for {ENTETE}) = substring(NEW.{c} from 1 for {ENTETE}))"
        for c in scelles
    )
    return [
        pgtrigger.Trigger(
            name=f"{nom}_jamais_recrite",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            func=f"IF {fixes} OR {memes} THEN RAISE EXCEPTION '{SE_RECRIT}'; END IF; RETURN NEW;",
        ),
        pgtrigger.Protect(name=f"{nom}_jamais_effacee", operation=pgtrigger.Delete),
    ]


class NoteConfidentielle(models.Model):
    """Of whom, by whom, of which day: what it says stands in its versions."""

    cle = models.UUIDField("clé", default=uuid.uuid4, unique=True, editable=False)
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="auteur"
    )
    nom_auteur = models.CharField("nom de l’auteur", max_length=120)
    profession = models.CharField("profession de l’auteur", max_length=20, choices=Role.choices)
    date = models.DateField("date")
    version = models.PositiveIntegerField("version", default=1, editable=False)

    MOT: ClassVar[str] = "note"

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"Note n° {self.pk}"

    @property
    def titre(self) -> str:
        """What its page and its copy are headed by."""
        return f"Note du {format_date(self.date, 'long')}"


class VersionNote(models.Model):
    """What a note says, signed by its author; the next version amends it and this one stays."""

    cle = models.UUIDField("clé", default=uuid.uuid4, unique=True, editable=False)
    rang = models.PositiveIntegerField("rang")
    nom_signataire = models.CharField("signée par", max_length=120)
    signee_le = models.DateTimeField("signée le")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"Version {self.rang}"


class PieceNote(models.Model):
    """A file joined to a note; its name may say as much as it does."""

    cle = models.UUIDField("clé", default=uuid.uuid4, unique=True, editable=False)
    type = models.CharField("type", max_length=10, choices=TypePiece.choices)
    taille = models.PositiveIntegerField("taille, en octets")
    jointe_le = models.DateTimeField("jointe le")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"Pièce n° {self.pk}"


class PartageNote(models.Model):
    """A note shown to one named professional, up to a day, by its author alone."""

    destinataire = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="partagée avec"
    )
    jusqu_au = models.DateField("jusqu’au")
    accorde_le = models.DateTimeField("accordé le")
    retire_le = models.DateTimeField("retiré le", null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"Partage n° {self.pk}"


def classes_of(classe: Classe, *secrets: str, cles: Sequence[str] = ()) -> Classes:
    """Place these columns under a class of data, the keys under none."""
    return {classe: secrets, Classe.T0: ("id", *cles)}


def note_classes(classe: Classe) -> Classes:
    """The classes of a note's columns."""
    lus = ("agent", "auteur", "nom_auteur", "profession", "date")
    return classes_of(classe, *lus, cles=("cle", "version"))


def version_classes(classe: Classe, *autres: str) -> Classes:
    """The classes of a version's columns; `autres`: those of its own kind."""
    lus = ("note", "texte", "nom_signataire", "signee_le", *autres)
    return classes_of(classe, *lus, cles=("cle", "rang"))


def piece_classes(classe: Classe) -> Classes:
    """The classes of an attachment's columns."""
    return classes_of(classe, "note", "nom", "contenu", "jointe_le", cles=("cle", "type", "taille"))


def share_classes(classe: Classe) -> Classes:
    """The classes of a share's columns."""
    return classes_of(classe, "note", "destinataire", "jusqu_au", "accorde_le", "retire_le")


VERSION_FIGEE = ("note_id", "cle", "rang", "nom_signataire", "signee_le")
PIECE_FIGEE = ("note_id", "cle", "type", "taille", "jointe_le")


class NoteSoignant(NoteConfidentielle):
    """A note of a doctor or of a nurse."""

    agent = models.ForeignKey(Agent, models.PROTECT, related_name="notes_soignants", verbose_name="agent")

    CLASSES: ClassVar[Classes] = note_classes(Classe.M1)

    objects = NoteSoignantQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [("write_note_soignant", "Tenir ses notes confidentielles de soignant")]
        ordering = ["-date", "-pk"]
        verbose_name = "note de soignant"
        verbose_name_plural = "notes de soignants"


class VersionNoteSoignant(VersionNote):
    """A version of a doctor's or a nurse's note."""

    note = models.ForeignKey(NoteSoignant, models.PROTECT, related_name="versions", verbose_name="note")
    texte = TexteScelle("texte", classe="M1")

    CLASSES: ClassVar[Classes] = version_classes(Classe.M1)

    class Meta:
        default_permissions = ()
        ordering = ["-rang"]
        verbose_name = "version d’une note de soignant"
        verbose_name_plural = "versions de notes de soignants"
        constraints = [
            models.UniqueConstraint(fields=["note", "rang"], name="visites_version_soignant_rang"),
        ]
        triggers = written_once("version", figes=VERSION_FIGEE, scelles=["texte"])


class PieceNoteSoignant(PieceNote):
    """A file joined to a doctor's or a nurse's note."""

    note = models.ForeignKey(NoteSoignant, models.PROTECT, related_name="pieces", verbose_name="note")
    nom = TexteScelle("nom", classe="M1")
    contenu = OctetsScelles("contenu", classe="M1")

    CLASSES: ClassVar[Classes] = piece_classes(Classe.M1)

    objects = PieceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        verbose_name = "pièce d’une note de soignant"
        verbose_name_plural = "pièces de notes de soignants"
        triggers = written_once("piece", figes=PIECE_FIGEE, scelles=["nom", "contenu"])


class PartageNoteSoignant(PartageNote):
    """A doctor's or a nurse's note shown to a named doctor or nurse."""

    note = models.ForeignKey(NoteSoignant, models.PROTECT, related_name="partages", verbose_name="note")

    CLASSES: ClassVar[Classes] = share_classes(Classe.M1)

    objects = PartageQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["accorde_le", "pk"]
        verbose_name = "partage d’une note de soignant"
        verbose_name_plural = "partages de notes de soignants"


class NotePsychologue(NoteConfidentielle):
    """A note of a psychologist."""

    agent = models.ForeignKey(Agent, models.PROTECT, related_name="notes_psychologues", verbose_name="agent")

    CLASSES: ClassVar[Classes] = note_classes(Classe.Y1)

    objects = NotePsychologueQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [("write_note_psychologue", "Tenir ses notes confidentielles de psychologue")]
        ordering = ["-date", "-pk"]
        verbose_name = "note de psychologue"
        verbose_name_plural = "notes de psychologues"


class VersionNotePsychologue(VersionNote):
    """A version of a psychologist's note."""

    note = models.ForeignKey(NotePsychologue, models.PROTECT, related_name="versions", verbose_name="note")
    texte = TexteScelle("texte", classe="Y1")

    CLASSES: ClassVar[Classes] = version_classes(Classe.Y1)

    class Meta:
        default_permissions = ()
        ordering = ["-rang"]
        verbose_name = "version d’une note de psychologue"
        verbose_name_plural = "versions de notes de psychologues"
        constraints = [
            models.UniqueConstraint(fields=["note", "rang"], name="visites_version_psychologue_rang"),
        ]
        triggers = written_once("version", figes=VERSION_FIGEE, scelles=["texte"])


class PieceNotePsychologue(PieceNote):
    """A file joined to a psychologist's note."""

    note = models.ForeignKey(NotePsychologue, models.PROTECT, related_name="pieces", verbose_name="note")
    nom = TexteScelle("nom", classe="Y1")
    contenu = OctetsScelles("contenu", classe="Y1")

    CLASSES: ClassVar[Classes] = piece_classes(Classe.Y1)

    objects = PieceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        verbose_name = "pièce d’une note de psychologue"
        verbose_name_plural = "pièces de notes de psychologues"
        triggers = written_once("piece", figes=PIECE_FIGEE, scelles=["nom", "contenu"])


class PartageNotePsychologue(PartageNote):
    """A psychologist's note shown to another named psychologist."""

    note = models.ForeignKey(NotePsychologue, models.PROTECT, related_name="partages", verbose_name="note")

    CLASSES: ClassVar[Classes] = share_classes(Classe.Y1)

    objects = PartageQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["accorde_le", "pk"]
        verbose_name = "partage d’une note de psychologue"
        verbose_name_plural = "partages de notes de psychologues"


def family_of(user: Any) -> type[NoteSoignant] | type[NotePsychologue]:
    """Return the table of notes of this account's profession; it reads no other."""
    return NotePsychologue if user.has_perm("visites.write_note_psychologue") else NoteSoignant


def notes_for(user: Any) -> NoteSoignantQuerySet | NotePsychologueQuerySet:
    """Return the notes that this account reads, in the tables of its profession: never in the others."""
    return family_of(user).objects.visible_to(user)
