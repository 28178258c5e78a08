"""What surrounds an account: requests, links, sessions, what was typed too late, failed log-ins."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.module_loading import import_string

from nouvea_sst.comptes.enums import (
    EtatDemande,
    NatureAvis,
    NatureDemande,
    NatureLien,
    Role,
)
from nouvea_sst.comptes.models.comptes import Utilisateur
from nouvea_sst.comptes.querysets import (
    AvisQuerySet,
    DemandeQuerySet,
    LienQuerySet,
    SaisieQuerySet,
    SessionQuerySet,
)
from nouvea_sst.lib.classes import Classe, Classes


class DemandeCompte(models.Model):
    """What an administrator asks the chef de section to approve; nobody approves what he asked himself."""

    compte = models.ForeignKey(
        Utilisateur, models.PROTECT, related_name="demandes", verbose_name="compte concerné"
    )
    nature = models.CharField("nature", max_length=20, choices=NatureDemande.choices)
    role = models.CharField("rôle demandé", max_length=20, choices=Role.choices)
    demandeur = models.ForeignKey(
        Utilisateur, models.PROTECT, related_name="demandes_faites", verbose_name="demandé par"
    )
    demandee_le = models.DateTimeField("demandé le")
    etat = models.CharField(
        "état", max_length=15, choices=EtatDemande.choices, default=EtatDemande.EN_ATTENTE, db_index=True
    )
    decideur = models.ForeignKey(
        Utilisateur,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="demandes_decidees",
        verbose_name="décidé par",
    )
    decidee_le = models.DateTimeField("décidé le", null=True, blank=True)
    # An address, the key of an agent's file (empty: no file any more), or what the account is to answer for.
    cible = models.CharField("ce qui est demandé", max_length=254, blank=True)
    precision = models.CharField("ce que lit qui approuve", max_length=254, blank=True)
    effet_le = models.DateTimeField("prend effet le", null=True, blank=True, db_index=True)

    CLASSES: ClassVar[Classes] = {
        Classe.A1: ("compte", "role", "demandeur", "decideur", "cible", "precision"),
        Classe.L1: ("demandee_le", "decidee_le", "effet_le"),
        Classe.T0: ("id", "nature", "etat"),
    }

    objects = DemandeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["demandee_le", "pk"]
        verbose_name = "demande"
        constraints = [
            models.UniqueConstraint(
                fields=["compte", "nature"],
                condition=models.Q(etat__in=[EtatDemande.EN_ATTENTE, EtatDemande.EN_DELAI])
                & ~models.Q(nature=NatureDemande.PORTEE),
                name="comptes_demande_une",
                violation_error_message="Une demande semblable attend déjà.",
            ),
            models.UniqueConstraint(
                fields=["compte", "cible"],
                condition=models.Q(
                    etat__in=[EtatDemande.EN_ATTENTE, EtatDemande.EN_DELAI], nature=NatureDemande.PORTEE
                ),
                name="comptes_demande_portee_une",
                violation_error_message="Une demande semblable attend déjà.",
            ),
            models.CheckConstraint(
                name="comptes_demande_deux_personnes",
                condition=~models.Q(etat__in=[EtatDemande.APPROUVEE, EtatDemande.EN_DELAI])
                | (
                    models.Q(decideur__isnull=False)
                    & ~models.Q(decideur=models.F("demandeur"))
                    & ~models.Q(decideur=models.F("compte"))
                ),
                violation_error_message="Personne n’approuve ce qu’il a demandé, ni ce qui le concerne.",
            ),
            models.CheckConstraint(
                name="comptes_demande_effet",
                condition=models.Q(effet_le__isnull=False)
                | ~models.Q(etat__in=[EtatDemande.APPROUVEE, EtatDemande.EN_DELAI]),
                violation_error_message="Une demande approuvée dit quand elle prend effet.",
            ),
            models.CheckConstraint(
                name="comptes_demande_decidee",
                condition=models.Q(
                    etat=EtatDemande.EN_ATTENTE, decideur__isnull=True, decidee_le__isnull=True
                )
                | (~models.Q(etat=EtatDemande.EN_ATTENTE) & models.Q(decidee_le__isnull=False)),
                violation_error_message="Une demande décidée porte sa date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_nature_display()} : {self.compte}"


class LienCompte(models.Model):
    """A link that lets its holder choose a password, once. Only its hash is kept."""

    compte = models.ForeignKey(Utilisateur, models.PROTECT, related_name="liens", verbose_name="compte")
    nature = models.CharField("nature", max_length=20, choices=NatureLien.choices)
    empreinte = models.CharField("empreinte", max_length=64, unique=True, editable=False)
    cree_par = models.ForeignKey(
        Utilisateur,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="liens_crees",
        verbose_name="créé par",
    )
    cree_le = models.DateTimeField("créé le")
    expire_le = models.DateTimeField("expire le")
    fini_le = models.DateTimeField("utilisé ou retiré le", null=True, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.A1: ("compte", "cree_par"),
        Classe.L1: ("cree_le", "expire_le", "fini_le"),
        Classe.T0: ("id", "nature", "empreinte"),
    }

    objects = LienQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-cree_le", "-pk"]
        verbose_name = "lien"
        constraints = [
            models.UniqueConstraint(
                fields=["compte"],
                condition=models.Q(fini_le__isnull=True),
                name="comptes_lien_un_seul",
                violation_error_message="Ce compte a déjà un lien.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_nature_display()} de {self.compte}"


class AvisCompte(models.Model):
    """What the person was told of his account, where he was known before; a link goes with its notice."""

    compte = models.ForeignKey(Utilisateur, models.PROTECT, related_name="avis", verbose_name="compte")
    nature = models.CharField("ce qui est dit", max_length=20, choices=NatureAvis.choices)
    adresse = models.EmailField("adresse", blank=True)
    lien = models.ForeignKey(
        LienCompte, models.PROTECT, null=True, blank=True, related_name="avis", verbose_name="lien"
    )
    cree_le = models.DateTimeField("dit le", db_index=True)
    envoye_le = models.DateTimeField("envoyé le", null=True, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.A1: ("compte", "adresse"),
        Classe.L1: ("nature", "cree_le", "envoye_le"),
        Classe.T0: ("id", "lien"),
    }

    objects = AvisQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-cree_le", "-pk"]
        verbose_name = "avis sur un compte"
        verbose_name_plural = "avis sur un compte"

    def __str__(self) -> str:
        return f"Avis du {self.cree_le:%d/%m/%Y %H:%M}"


class SessionCompte(AbstractBaseSession):
    """A browser's session, with whose it is: deleting the row closes it at once."""

    compte = models.ForeignKey(
        Utilisateur,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name="compte",
    )
    ouverte_le = models.DateTimeField("ouverte le", null=True, blank=True)
    vue_le = models.DateTimeField("dernière activité", null=True, blank=True)
    navigateur = models.CharField("navigateur", max_length=80, blank=True)
    adresse = models.CharField("poste", max_length=45, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.A1: ("compte",),
        Classe.L1: ("ouverte_le", "vue_le", "navigateur", "adresse", "expire_date"),
        Classe.T0: ("session_key", "session_data"),
    }

    objects: ClassVar[Any] = SessionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        default_permissions = ()
        ordering = ["-vue_le", "session_key"]
        verbose_name = "session"

    def __str__(self) -> str:
        return f"Session de {self.compte}"

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The engine of the settings."""
        return import_string(f"{settings.SESSION_ENGINE}.SessionStore")


class SaisieGardee(models.Model):
    """What somebody typed and could not send, his session being over; he alone gets it back, once."""

    compte = models.ForeignKey(Utilisateur, models.PROTECT, related_name="saisies", verbose_name="compte")
    adresse = models.CharField("adresse de l’envoi", max_length=500)
    champs = models.JSONField("champs tapés", default=dict)
    fichiers = models.JSONField("fichiers perdus", default=list)
    gardee_le = models.DateTimeField("gardée le", db_index=True)

    # What a health professional writes and what names nobody is never kept (@sans_garde).
    CLASSES: ClassVar[Classes] = {
        Classe.M2: ("champs",),
        Classe.L1: ("compte", "adresse", "fichiers", "gardee_le"),
        Classe.T0: ("id",),
    }

    objects = SaisieQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-gardee_le", "-pk"]
        verbose_name = "saisie gardée"
        verbose_name_plural = "saisies gardées"

    def __str__(self) -> str:
        return f"Saisie du {self.gardee_le:%d/%m/%Y %H:%M}"


class EssaiConnexion(models.Model):
    """Failed log-ins of one name, known or not, from one address or from all; they slow the next one down.

    Only the hash is kept. `reussi_le` says that the address is the account's own.
    """

    empreinte = models.CharField("empreinte de l’identifiant", max_length=64, unique=True)
    echecs = models.PositiveIntegerField("essais manqués de suite", default=0)
    dernier_le = models.DateTimeField("dernier essai")
    reussi_le = models.DateTimeField("dernière connexion réussie", null=True, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.L1: ("empreinte", "echecs", "dernier_le", "reussi_le"),
        Classe.T0: ("id",),
    }

    class Meta:
        default_permissions = ()
        verbose_name = "essai de connexion"

    def __str__(self) -> str:
        return f"{self.echecs} essais manqués"


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
