"""Accounts."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.module_loading import import_string

from nouvea_sst.comptes.enums import (
    EtatCompte,
    MotifFermeture,
    Portee,
    Role,
)
from nouvea_sst.comptes.querysets import (
    UtilisateurManager,
)
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
    # Empty: nobody can log in to it yet.
    approuve_le = models.DateTimeField("approuvé le", null=True, blank=True)
    ferme_le = models.DateTimeField("désactivé le", null=True, blank=True)
    motif_fermeture = models.CharField(
        "motif de la désactivation", max_length=15, choices=MotifFermeture.choices, blank=True
    )
    revenu_le = models.DateField("agent revenu le", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.A1: ("username", "first_name", "last_name", "email", "fonction", "role", "vues_par_defaut"),
        Classe.L1: ("last_login", "date_joined", "approuve_le", "ferme_le", "motif_fermeture", "revenu_le"),
        Classe.T0: (
            "id",
            "password",
            "is_active",
            "is_staff",
            "is_superuser",
            "groups",
            "user_permissions",
            "suit_travaux",
            "version",
        ),
    }

    objects: ClassVar[UtilisateurManager] = UtilisateurManager()

    class Meta(AbstractUser.Meta):
        default_permissions = ()
        permissions = [
            ("view_journal", "Lire le journal"),
            ("examine_consultations", "Examiner chaque année des consultations tirées au hasard"),
            ("view_journal_section", "Lire le journal de la section, sans contenu"),
            ("view_compte", "Voir les comptes"),
            ("change_compte", "Ouvrir, changer et désactiver un compte"),
            ("approve_compte", "Approuver les comptes et les rôles"),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="comptes_identifiant_unique",
                violation_error_message="Un compte porte déjà cet identifiant.",
            ),
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
            models.CheckConstraint(
                name="comptes_fermeture_dite",
                condition=models.Q(is_active=True, ferme_le__isnull=True, motif_fermeture="")
                | (models.Q(is_active=False, ferme_le__isnull=False) & ~models.Q(motif_fermeture="")),
                violation_error_message="Un compte désactivé porte sa date et son motif.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def portee(self) -> Portee:
        """Whose records this account reaches."""
        return PORTEES[Role(self.role)]

    @property
    def est_restreint(self) -> bool:
        """Whether something holds this account to a part of the city."""
        return bool(import_string(settings.PORTEE_RESTREINTE)(self))

    @property
    def atteint_tous(self) -> bool:
        """Whether this account reaches every agent: its role does, and nothing holds it to a part."""
        return self.portee == Portee.TOUS and not self.est_restreint

    @property
    def joignable(self) -> bool:
        """Whether a message can reach the person: the installation sends them, and the address is known."""
        return bool(settings.COURRIEL and self.email)

    @property
    def etat(self) -> EtatCompte:
        """Where the account stands."""
        if not self.is_active:
            return EtatCompte.DESACTIVE
        if self.approuve_le is None:
            return EtatCompte.A_APPROUVER
        return EtatCompte.OUVERT if self.has_usable_password() else EtatCompte.INVITE

    @property
    def fonction_affichee(self) -> str:
        """What stands under the name: the typed function, else the role's name."""
        return self.fonction or Role(self.role).label
