"""The journal that nobody can alter."""

from typing import ClassVar

import pgtrigger
from django.db import models

from nouvea_sst.comptes.enums import (
    NatureJournal,
)
from nouvea_sst.comptes.querysets import (
    JournalQuerySet,
    SceauQuerySet,
)
from nouvea_sst.comptes.rules.sceaux import short_form
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.aide import page_title
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import never_emptied


class LigneJournal(models.Model):
    """One act, consultation or refusal. Names and keys are text: the journal outlives what it names."""

    quand = models.DateTimeField("quand", auto_now_add=True, db_index=True)
    nature = models.CharField("nature", max_length=15, choices=NatureJournal.choices)
    acteur_cle = models.CharField("compte", max_length=150, db_index=True)
    acteur_nom = models.CharField("nom", max_length=200)
    role = models.CharField("rôle", max_length=20, blank=True)
    acte = models.CharField("acte", max_length=80, db_index=True)
    objet_type = models.CharField("type d’objet", max_length=60, blank=True)
    objet_cle = models.CharField("clé de l’objet", max_length=60, blank=True)
    objet_libelle = models.CharField("objet", max_length=200, blank=True)
    agent_cle = models.CharField("agent concerné", max_length=60, blank=True, db_index=True)
    requete = models.CharField("requête", max_length=36, blank=True)
    champs = models.JSONField("champs changés", default=list, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.L1: (
            "quand",
            "nature",
            "acteur_cle",
            "acteur_nom",
            "role",
            "acte",
            "objet_type",
            "objet_cle",
            "objet_libelle",
            "agent_cle",
            "requete",
            "champs",
        ),
        Classe.T0: ("id",),
    }

    objects = JournalQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-quand", "-pk"]
        verbose_name = "ligne du journal"
        verbose_name_plural = "journal"
        indexes = [
            models.Index(fields=["requete"], name="comptes_journal_requete"),
            models.Index(fields=["agent_cle", "-quand"], name="comptes_journal_agent"),
        ]
        triggers = [
            pgtrigger.Protect(name="journal_inalterable", operation=pgtrigger.Update | pgtrigger.Delete),
            never_emptied("journal_jamais_vide", "Le journal ne se vide pas."),
        ]

    def __str__(self) -> str:
        return f"{self.quand:%d/%m/%Y %H:%M} {self.acteur_nom} {self.acte}"

    @property
    def precision(self) -> str:
        """What the line is about, in words: of a refusal, the page that was asked for."""
        return page_title(self.objet_libelle) if self.nature == NatureJournal.REFUS else self.objet_libelle


class Sceau(models.Model):
    """The hash of one day of the journal, chained to the day before.

    It covers every line after the seal before up to « derniere », its own included, and no key in between
    can appear any more: `actions.seal_journal` says why. A line found there later was put in by hand.
    """

    jour = models.DateField("jour scellé", unique=True)
    premiere = models.BigIntegerField("première ligne")
    derniere = models.BigIntegerField("dernière ligne", unique=True)
    nombre = models.PositiveIntegerField("nombre de lignes")
    precedent = models.CharField("empreinte du sceau précédent", max_length=64, unique=True)
    empreinte = models.CharField("empreinte", max_length=64, unique=True)
    scelle_le = models.DateTimeField("scellé le")

    CLASSES: ClassVar[Classes] = {
        Classe.L1: ("jour", "premiere", "derniere", "nombre", "precedent", "empreinte", "scelle_le"),
        Classe.T0: ("id",),
    }

    objects = SceauQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["derniere"]
        verbose_name = "sceau du journal"
        verbose_name_plural = "sceaux du journal"
        triggers = [
            pgtrigger.Protect(name="sceau_inalterable", operation=pgtrigger.Update | pgtrigger.Delete),
            never_emptied("sceaux_jamais_vides", "Les sceaux du journal ne se vident pas."),
        ]

    def __str__(self) -> str:
        return f"Journal du {format_date(self.jour)} : {self.courte}"

    @property
    def courte(self) -> str:
        """The beginning of the hash, as it is copied on paper."""
        return short_form(self.empreinte)
