"""Accounts and the journal that nobody can alter."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models

from nouvea_sst.comptes.enums import NatureJournal, Portee, Role
from nouvea_sst.comptes.querysets import JournalQuerySet, RetraitQuerySet, UtilisateurManager
from nouvea_sst.comptes.roles import PORTEES
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history


@keep_history("HistoireUtilisateur", exclude=("password", "last_login", "vues_par_defaut", "suit_travaux"))
class Utilisateur(AbstractUser):
    """An account. Its group follows its role; no account is ever superuser."""

    role = models.CharField("rôle", max_length=20, choices=Role.choices)
    fonction = models.CharField("fonction affichée", max_length=120, blank=True)
    # Both stand here because every page needs them, and the account is read with every page.
    vues_par_defaut = models.JSONField("vue que le menu ouvre, par liste", default=dict, blank=True)
    suit_travaux = models.BooleanField("a des travaux à suivre", default=False)

    CLASSES: ClassVar[Classes] = {
        Classe.A1: ("username", "first_name", "last_name", "email", "fonction", "role", "vues_par_defaut"),
        Classe.L1: ("last_login", "date_joined"),
        Classe.T0: (
            "id",
            "password",
            "is_active",
            "is_staff",
            "is_superuser",
            "groups",
            "user_permissions",
            "suit_travaux",
        ),
    }

    objects: ClassVar[UtilisateurManager] = UtilisateurManager()

    class Meta(AbstractUser.Meta):
        default_permissions = ()
        permissions = [
            ("view_journal", "Lire le journal"),
            ("view_journal_section", "Lire le journal de la section, sans contenu"),
        ]
        constraints = [
            models.CheckConstraint(
                name="comptes_jamais_superutilisateur",
                condition=models.Q(is_superuser=False),
                violation_error_message="Aucun compte ne peut être superutilisateur.",
            ),
            models.CheckConstraint(
                name="comptes_role_connu",
                condition=models.Q(role__in=Role.values),
                violation_error_message="Ce rôle n’existe pas.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def portee(self) -> Portee:
        """Whose records this account reaches."""
        return PORTEES[Role(self.role)]

    @property
    def fonction_affichee(self) -> str:
        """What stands under the name: the typed function, else the role's name."""
        return self.fonction or Role(self.role).label


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


class FormulaireRecu(models.Model):
    """A form that made a record: the same one sent again leads where the first led. It names nobody."""

    empreinte = models.CharField("empreinte", max_length=64, unique=True)
    adresse = models.CharField("adresse de la suite", max_length=300)
    recu_le = models.DateTimeField("reçu le", auto_now_add=True, db_index=True)

    CLASSES: ClassVar[Classes] = {Classe.T0: ("id", "empreinte", "adresse", "recu_le")}

    class Meta:
        default_permissions = ()
        ordering = ["-recu_le", "-pk"]
        verbose_name = "formulaire reçu"
        verbose_name_plural = "formulaires reçus"

    def __str__(self) -> str:
        return f"Formulaire reçu le {self.recu_le:%d/%m/%Y %H:%M}"


class Retrait(models.Model):
    """A record taken away, kept as it was until it is put back or its thirty days are over."""

    modele = models.CharField("genre", max_length=100)
    cle = models.CharField("clé", max_length=60)
    libelle = models.CharField("élément", max_length=200)
    donnees = models.JSONField("contenu")
    droit = models.CharField("droit", max_length=100)
    adresse = models.CharField("page", max_length=300)
    agent_cle = models.CharField("agent concerné", max_length=60, blank=True)
    retire_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="retiré par",
    )
    retire_le = models.DateTimeField("retiré le", auto_now_add=True, db_index=True)
    retabli_le = models.DateTimeField("rétabli le", null=True, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.A2: ("libelle", "donnees", "agent_cle"),
        Classe.L1: ("retire_par", "retire_le", "retabli_le"),
        Classe.T0: ("id", "modele", "cle", "droit", "adresse"),
    }

    objects = RetraitQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-retire_le", "-pk"]

    def __str__(self) -> str:
        return self.libelle
