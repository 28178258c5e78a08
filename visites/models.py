"""Due dates with their proof, visits, opinions and restrictions."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from agents.enums import CategorieSuivi
from agents.models import Agent
from documents.models import Document
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history
from nouvea_sst.referentiel.models import EntreeListe
from visites.enums import Conclusion, EtatVisite, NatureVisite, RegleEcheance
from visites.querysets import RestrictionQuerySet, SuiviQuerySet, VisiteQuerySet
from visites.rules.lecteurs import MesureLue, word_measure


@keep_history("HistoireMotif")
class Motif(EntreeListe):
    """Why a visit is held; the public wording is what others than care staff read and what is printed."""

    code = models.CharField("code", max_length=30, unique=True)
    libelle = models.CharField("libellé", max_length=100)
    libelle_public = models.CharField("libellé public", max_length=100)
    code_ancien = models.PositiveSmallIntegerField("code de l’ancien logiciel", null=True, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: (
            "id",
            "code",
            "libelle",
            "libelle_public",
            "code_ancien",
            "ordre",
            "actif",
            "source",
            "version",
        ),
    }

    class Meta:
        default_permissions = ()
        ordering = ["ordre", "libelle"]

    def __str__(self) -> str:
        return self.libelle


@keep_history("HistoireTypeRestriction")
class TypeRestriction(EntreeListe):
    """Catalogue of restrictions and accommodations, in functional wording."""

    libelle = models.CharField("libellé", max_length=120, unique=True)
    precision_attendue = models.CharField("précision attendue", max_length=80, blank=True)
    code_ancien = models.CharField("code de l’ancien logiciel", max_length=20, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: (
            "id",
            "libelle",
            "precision_attendue",
            "code_ancien",
            "ordre",
            "actif",
            "source",
            "version",
        ),
    }

    class Meta:
        default_permissions = ()
        ordering = ["ordre", "libelle"]
        verbose_name = "type de restriction"
        verbose_name_plural = "types de restriction"

    def __str__(self) -> str:
        return self.libelle


@keep_history("HistoireMedecinRepris")
class MedecinRepris(EntreeListe):
    """A doctor of the former software's visits: by his number there, the name that they bear."""

    libelle = models.CharField("nom", max_length=120)
    code_ancien = models.CharField("code de l’ancien logiciel", max_length=20, unique=True)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: ("id", "libelle", "code_ancien", "ordre", "actif", "source", "version"),
    }

    class Meta:
        default_permissions = ()
        ordering = ["ordre", "libelle"]
        verbose_name = "médecin de l’ancien logiciel"
        verbose_name_plural = "médecins de l’ancien logiciel"

    def __str__(self) -> str:
        return self.libelle


@keep_history("HistoireSuivi", exclude=("preuve", "calcule_le"), inserts=False)
class Suivi(models.Model):
    """One row per agent: his next due date, and why it is that date."""

    agent = models.OneToOneField(Agent, models.CASCADE, related_name="suivi", verbose_name="agent")
    categorie = models.CharField("catégorie de suivi", max_length=10, choices=CategorieSuivi.choices)
    derniere_visite = models.DateField("dernière visite", null=True, blank=True)
    echeance = models.DateField("échéance", null=True, blank=True, db_index=True)
    regle = models.CharField("règle", max_length=15, choices=RegleEcheance.choices)
    preuve = models.JSONField("pourquoi cette date", default=dict)
    calcule_le = models.DateTimeField("calculé le")

    CLASSES: ClassVar[Classes] = {
        Classe.H1: ("categorie", "echeance", "regle", "preuve"),
        Classe.A2: ("agent", "derniere_visite"),
        Classe.T0: ("id", "calcule_le"),
    }

    objects = SuiviQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_suivi", "Voir les échéances"),
            ("calculate_suivi", "Recalculer les échéances"),
        ]
        ordering = [models.F("echeance").asc(nulls_last=True), "agent__nom_cle", "pk"]

    def __str__(self) -> str:
        return f"Suivi de {self.agent_id}"


@keep_history("HistoireVisite")
class Visite(models.Model):
    """A visit: to be placed, placed, held with its conclusion, missed or cancelled.

    One that the former software held has its number there, cle_import, and no signature here.
    """

    agent = models.ForeignKey(Agent, models.PROTECT, related_name="visites", verbose_name="agent")
    motif = models.ForeignKey(Motif, models.PROTECT, verbose_name="motif")
    nature = models.CharField("nature", max_length=10, choices=NatureVisite.choices)
    etat = models.CharField("état", max_length=10, choices=EtatVisite.choices, default=EtatVisite.A_PLACER)
    date = models.DateField("date", null=True, blank=True, db_index=True)
    heure = models.TimeField("heure", null=True, blank=True)
    professionnel = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="professionnel",
    )
    nom_professionnel = models.CharField("nom du professionnel", max_length=120, blank=True)
    conclusion = models.CharField("conclusion", max_length=20, choices=Conclusion.choices, blank=True)
    validite_mois = models.PositiveSmallIntegerField("à revoir dans, en mois", null=True, blank=True)
    prochaine_visite = models.DateField("prochaine visite", null=True, blank=True)
    message_employeur = models.TextField("message à l’employeur", max_length=2000, blank=True)
    signee_le = models.DateTimeField("signée le", null=True, blank=True)
    certificat = models.OneToOneField(
        Document, models.PROTECT, null=True, blank=True, related_name="visite", verbose_name="certificat"
    )
    annulee_parce_que = models.CharField("raison de l’annulation", max_length=200, blank=True)
    cle_import = models.CharField(
        "numéro d’origine", max_length=80, blank=True, db_index=True, editable=False
    )
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.H1: (
            "motif",
            "nature",
            "conclusion",
            "validite_mois",
            "prochaine_visite",
            "message_employeur",
            "signee_le",
            "certificat",
            "annulee_parce_que",
        ),
        Classe.A2: ("agent", "etat", "date", "heure", "professionnel", "nom_professionnel", "cle_import"),
        Classe.T0: ("id", "version"),
    }

    objects = VisiteQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_visite", "Voir les visites"),
            ("view_motif_demande", "Voir le motif « à la demande »"),
            ("plan_visite", "Placer, déplacer et annuler une visite"),
            ("view_conclusion", "Voir les conclusions"),
            ("view_mesures", "Voir les restrictions et aménagements"),
            ("record_avis", "Signer une conclusion"),
            ("record_attestation", "Signer une attestation de suivi"),
            ("print_certificat", "Établir le certificat"),
        ]
        ordering = ["-date", "-heure", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="visites_datee_sauf_a_placer",
                condition=models.Q(etat__in=[EtatVisite.A_PLACER, EtatVisite.ANNULEE])
                | models.Q(date__isnull=False),
                violation_error_message="Une visite placée, réalisée ou manquée a une date.",
            ),
            models.CheckConstraint(
                name="visites_realisee_conclue",
                condition=(
                    models.Q(etat=EtatVisite.REALISEE, signee_le__isnull=False) & ~models.Q(conclusion="")
                )
                | (models.Q(etat=EtatVisite.REALISEE, signee_le__isnull=True) & ~models.Q(cle_import=""))
                | (~models.Q(etat=EtatVisite.REALISEE) & models.Q(conclusion="", signee_le__isnull=True)),
                violation_error_message="Une visite réalisée, et elle seule, porte une conclusion signée, "
                "sauf si elle vient de l’ancien logiciel.",
            ),
            models.UniqueConstraint(
                fields=["agent", "motif"],
                condition=models.Q(etat__in=[EtatVisite.A_PLACER, EtatVisite.PLACEE]),
                name="visites_une_ouverte_par_motif",
                violation_error_message="Une visite de ce motif est déjà prévue pour cet agent.",
            ),
            models.UniqueConstraint(
                fields=["professionnel", "date", "heure"],
                condition=models.Q(etat=EtatVisite.PLACEE),
                name="visites_un_creneau_une_visite",
                violation_error_message="Ce professionnel a déjà une visite à cette heure.",
            ),
        ]

    def __str__(self) -> str:
        return f"Visite du {self.date:%d/%m/%Y}" if self.date else "Visite à placer"

    @property
    def reprise(self) -> bool:
        """Whether it was held under the former software: what was signed then is not here."""
        return bool(self.cle_import) and self.signee_le is None

    @property
    def libelle_journal(self) -> str:
        """Name for the journal, which tells who opened what, not what was there."""
        return f"Visite n° {self.pk}"


@keep_history("HistoireRestriction")
class Restriction(models.Model):
    """A restriction or accommodation, in functional wording, from a day to a day, both included."""

    visite = models.ForeignKey(Visite, models.PROTECT, related_name="restrictions", verbose_name="visite")
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="restrictions", verbose_name="agent")
    type = models.ForeignKey(TypeRestriction, models.PROTECT, verbose_name="mesure")
    precision = models.CharField("précision", max_length=120, blank=True)
    date_debut = models.DateField("du")
    date_fin = models.DateField("au", null=True, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.H1: ("visite", "agent", "type", "precision", "date_debut", "date_fin"),
        Classe.T0: ("id",),
    }

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["date_debut", "pk"]
        constraints = [
            models.CheckConstraint(
                name="visites_restriction_periode",
                condition=models.Q(date_fin__isnull=True) | models.Q(date_fin__gte=models.F("date_debut")),
                violation_error_message="La fin précède le début.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.type.libelle} {self.precision}".strip()

    @property
    def libelle_journal(self) -> str:
        """Name for the journal, which tells who opened what, not what was there."""
        return f"Restriction n° {self.pk}"

    @property
    def lue(self) -> MesureLue:
        """The measure as the rules of reading take it; `type` must be loaded."""
        return MesureLue(self.type.libelle, self.precision, self.date_debut, self.date_fin)

    @property
    def en_clair(self) -> str:
        """The measure in one line, with its end."""
        return word_measure(self.lue)
