"""Letters that the section writes once: a kind, a population, and its versions."""

from typing import ClassVar

import pgtrigger
from django.db import models

from documents.enums import DomaineLettre, EtatVersion, GenreLettre, PopulationLettre
from documents.querysets import LettreTypeQuerySet
from documents.rules.champs import Champ, fields_for
from documents.rules.gabarits import LONGUEUR_MAX, OBJET_MAX
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history

# What PostgreSQL keeps of a version that is no draft any more: its words, and the way of its life.
FIGEE = """
    IF OLD.etat <> 'brouillon' AND (
        ROW(NEW.type_id, NEW.numero, NEW.objet, NEW.texte, NEW.publiee_le)
            IS DISTINCT FROM ROW(OLD.type_id, OLD.numero, OLD.objet, OLD.texte, OLD.publiee_le)
        OR NEW.etat = 'brouillon' OR (OLD.etat = 'retiree' AND NEW.etat <> 'retiree')
    ) THEN
        RAISE EXCEPTION 'Une version publiée ne change plus.';
    END IF;
    RETURN NEW;
"""
GARDEE = """
    IF OLD.etat <> 'brouillon' THEN
        RAISE EXCEPTION 'Une version publiée ne s’efface pas.';
    END IF;
    RETURN OLD;
"""


@keep_history("HistoireLettreType")
class LettreType(models.Model):
    """A letter of the house: what for, to whom, whose. Its text stands in its versions."""

    genre = models.CharField("genre", max_length=20, choices=GenreLettre.choices)
    population = models.CharField(
        "destinataires", max_length=20, choices=PopulationLettre.choices, default=PopulationLettre.TOUS
    )
    domaine = models.CharField(
        "domaine", max_length=20, choices=DomaineLettre.choices, default=DomaineLettre.SECTION
    )
    libelle = models.CharField("libellé", max_length=100)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: ("id", "genre", "population", "domaine", "libelle", "ordre"),
    }

    objects = LettreTypeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_modele", "Voir les lettres types"),
            ("draft_modele", "Rédiger les lettres de la section"),
            ("publish_modele", "Publier les lettres de la section, tenir l’en-tête"),
            ("change_modele_medical", "Rédiger et publier les lettres médicales"),
            ("change_modele_psychologue", "Rédiger et publier ses lettres de psychologue"),
        ]
        ordering = ["ordre", "pk"]
        verbose_name = "lettre type"
        verbose_name_plural = "lettres types"
        constraints = [
            models.UniqueConstraint(
                fields=["genre", "population", "domaine"],
                name="documents_une_lettre_par_genre",
                violation_error_message="Cette lettre existe déjà.",
            )
        ]

    def __str__(self) -> str:
        return self.libelle

    @property
    def champs(self) -> tuple[Champ, ...]:
        """What its text may name."""
        return fields_for(self.genre, self.domaine)


@keep_history("HistoireVersionLettre")
class VersionLettre(models.Model):
    """A text of a letter. Published, it never changes again: the letters issued point at it."""

    type = models.ForeignKey(LettreType, models.PROTECT, related_name="versions", verbose_name="lettre type")
    numero = models.PositiveSmallIntegerField("numéro")
    etat = models.CharField("état", max_length=10, choices=EtatVersion.choices, default=EtatVersion.BROUILLON)
    objet = models.CharField("objet", max_length=OBJET_MAX)
    texte = models.TextField("texte", max_length=LONGUEUR_MAX)
    publiee_le = models.DateTimeField("publiée le", null=True, blank=True)
    retiree_le = models.DateTimeField("retirée le", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: (
            "id",
            "type",
            "numero",
            "etat",
            "objet",
            "texte",
            "publiee_le",
            "retiree_le",
            "version",
        ),
    }

    objects: ClassVar[models.Manager["VersionLettre"]] = models.Manager()

    class Meta:
        default_permissions = ()
        ordering = ["-numero"]
        verbose_name = "version d’une lettre"
        verbose_name_plural = "versions des lettres"
        constraints = [
            models.UniqueConstraint(
                fields=["type", "numero"],
                name="documents_numero_de_version",
                violation_error_message="Cette version existe déjà.",
            ),
            models.UniqueConstraint(
                fields=["type", "etat"],
                condition=~models.Q(etat=EtatVersion.RETIREE),
                name="documents_un_brouillon_une_publiee",
                violation_error_message="Cette lettre a déjà une version dans cet état.",
            ),
            models.CheckConstraint(
                name="documents_version_datee",
                condition=models.Q(etat=EtatVersion.BROUILLON, publiee_le__isnull=True)
                | models.Q(etat=EtatVersion.PUBLIEE, publiee_le__isnull=False, retiree_le__isnull=True)
                | models.Q(etat=EtatVersion.RETIREE, retiree_le__isnull=False),
                violation_error_message="Une version publiée ou retirée porte sa date.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="version_figee", when=pgtrigger.Before, operation=pgtrigger.Update, func=FIGEE
            ),
            pgtrigger.Trigger(
                name="version_gardee", when=pgtrigger.Before, operation=pgtrigger.Delete, func=GARDEE
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type.libelle}, version {self.numero}"
