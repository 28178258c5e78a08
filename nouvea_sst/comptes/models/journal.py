"""The journal that nobody can alter."""

from typing import ClassVar

import pgtrigger
from django.db import models

from nouvea_sst.comptes.enums import (
    NatureJournal,
)
from nouvea_sst.comptes.querysets import (
    JournalQuerySet,
)
from nouvea_sst.lib.aide import page_title
from nouvea_sst.lib.classes import Classe, Classes


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
            pgtrigger.Trigger(
                name="journal_jamais_vide",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'Le journal ne se vide pas.';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quand:%d/%m/%Y %H:%M} {self.acteur_nom} {self.acte}"

    @property
    def precision(self) -> str:
        """What the line is about, in words: of a refusal, the page that was asked for."""
        return page_title(self.objet_libelle) if self.nature == NatureJournal.REFUS else self.objet_libelle
