"""The agents, their posts from day to day, and why some are followed closer."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from agents.enums import CategorieSuivi, Civilite, Sexe, Statut
from agents.models.periodes import period_constraint
from agents.models.structures import Collectivite, Poste, Site, Structure
from agents.querysets import AffectationQuerySet, AgentQuerySet
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history
from nouvea_sst.lib.texte_base import Plie


@keep_history("HistoireAgent", exclude=("nom_cle", "cle_import"))
class Agent(models.Model):
    """A public servant. The account, if he has one, is `compte`.

    structure, poste and site repeat the current affectation so that lists need one join; actions keep them.
    """

    collectivite = models.ForeignKey(
        Collectivite, models.PROTECT, null=True, blank=True, verbose_name="collectivité"
    )
    matricule = models.CharField(
        "matricule",
        max_length=10,
        null=True,
        blank=True,
        unique=True,
        error_messages={"unique": "Ce matricule est déjà celui d’un autre agent."},
    )
    id_tiarhe = models.CharField("matricule Tiarhé", max_length=15, blank=True)
    cle_import = models.CharField(
        "clé du registre", max_length=200, blank=True, db_index=True, editable=False
    )
    num_cafat = models.CharField("n° CAFAT", max_length=15, blank=True)
    num_ruamm = models.CharField("n° RUAMM", max_length=15, blank=True)
    civilite = models.CharField("civilité", max_length=3, choices=Civilite.choices, blank=True)
    nom = models.CharField("nom d’usage", max_length=80)
    nom_naissance = models.CharField("nom de naissance", max_length=80, blank=True)
    prenom = models.CharField("prénom", max_length=80)
    nom_cle = models.CharField("clé de tri", max_length=180, db_index=True, editable=False)
    sexe = models.CharField("sexe", max_length=1, choices=Sexe.choices, blank=True)
    date_naissance = models.DateField("date de naissance", null=True, blank=True)
    date_embauche = models.DateField("dernière embauche", null=True, blank=True)
    date_depart = models.DateField("départ", null=True, blank=True)
    statut = models.CharField("statut", max_length=2, choices=Statut.choices, blank=True)
    code_categorie = models.PositiveSmallIntegerField("catégorie de carrière", null=True, blank=True)
    est_elu = models.BooleanField("élu", default=False)
    courriel = models.EmailField("courriel professionnel", blank=True)
    telephone = models.CharField("téléphone professionnel", max_length=20, blank=True)
    structure = models.ForeignKey(
        Structure, models.PROTECT, null=True, blank=True, related_name="agents", verbose_name="structure"
    )
    poste = models.ForeignKey(
        Poste, models.PROTECT, null=True, blank=True, related_name="agents", verbose_name="poste"
    )
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, verbose_name="site")
    compte = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agent",
        verbose_name="compte",
    )
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.A2: ("date_naissance", "num_cafat", "num_ruamm", "cle_import"),
        Classe.A1: (
            "collectivite",
            "matricule",
            "id_tiarhe",
            "civilite",
            "nom",
            "nom_naissance",
            "prenom",
            "nom_cle",
            "sexe",
            "date_embauche",
            "date_depart",
            "statut",
            "code_categorie",
            "est_elu",
            "courriel",
            "telephone",
            "structure",
            "poste",
            "site",
            "compte",
        ),
        Classe.T0: ("id", "version"),
    }

    objects = AgentQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_agent", "Voir les agents"),
            ("view_identite", "Voir la naissance et les numéros"),
            ("view_equipe", "Voir son équipe"),
            ("view_carriere", "Voir le statut, l’embauche et le départ"),
            ("change_agent", "Ajouter et corriger un agent"),
            ("merge_agent", "Fondre deux fiches d’un même agent"),
            ("change_structure", "Tenir les structures et les postes"),
            ("export_agent", "Exporter les agents"),
            ("view_consultations", "Voir qui a consulté un dossier"),
        ]
        ordering = ["nom_cle", "pk"]
        constraints = [
            models.CheckConstraint(
                name="agents_depart_apres_embauche",
                condition=models.Q(date_depart__isnull=True)
                | models.Q(date_embauche__isnull=True)
                | models.Q(date_depart__gte=models.F("date_embauche")),
                violation_error_message="Le départ précède l’embauche.",
            ),
            models.CheckConstraint(
                name="agents_naissance_avant_embauche",
                condition=models.Q(date_naissance__isnull=True)
                | models.Q(date_embauche__isnull=True)
                | models.Q(date_naissance__lt=models.F("date_embauche")),
                violation_error_message="La naissance ne précède pas l’embauche.",
            ),
        ]
        indexes = [
            GinIndex(OpClass(models.F("nom_cle"), name="gin_trgm_ops"), name="agents_nom_cle_trgm"),
            GinIndex(OpClass(Plie("nom_naissance"), name="gin_trgm_ops"), name="agents_naissance_trgm"),
        ]

    def __str__(self) -> str:
        return f"{self.nom.upper()} {self.prenom}"

    @property
    def cles(self) -> list[int]:
        """His key, and those of the files that became his: the past and the journal know him under each."""
        return [self.pk, *(alias.cle for alias in self.alias.all())]

    @property
    def cles_journal(self) -> list[str]:
        """The same keys as the journal writes them."""
        return [str(cle) for cle in self.cles]

    @property
    def nom_courant(self) -> str:
        """« Prénom Nom », as in a sentence."""
        return f"{self.prenom} {self.nom}"


@keep_history("HistoireAffectation")
class Affectation(models.Model):
    """An agent's post in a structure, from a day to a day, both included."""

    agent = models.ForeignKey(Agent, models.PROTECT, related_name="affectations", verbose_name="agent")
    structure = models.ForeignKey(Structure, models.PROTECT, verbose_name="structure")
    poste = models.ForeignKey(Poste, models.PROTECT, null=True, blank=True, verbose_name="poste")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, verbose_name="site")
    date_debut = models.DateField("début")
    date_fin = models.DateField("fin", null=True, blank=True)
    temps_travail = models.PositiveSmallIntegerField("temps de travail, en %", default=100)
    cle_import = models.CharField(
        "numéro d’origine", max_length=80, blank=True, db_index=True, editable=False
    )
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.A1: (
            "agent",
            "structure",
            "poste",
            "site",
            "date_debut",
            "date_fin",
            "temps_travail",
            "cle_import",
        ),
        Classe.T0: ("id", "version"),
    }

    objects = AffectationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-date_debut", "-pk"]
        constraints = [
            period_constraint("agents_affectation_periode"),
            models.UniqueConstraint(
                fields=["agent", "date_debut"],
                name="agents_affectation_debut",
                violation_error_message="Une affectation commence déjà ce jour-là.",
            ),
            models.CheckConstraint(
                name="agents_affectation_temps",
                condition=models.Q(temps_travail__gte=1, temps_travail__lte=100),
                violation_error_message="Le temps de travail va de 1 à 100 %.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.structure.sigle} depuis le {self.date_debut:%d/%m/%Y}"


@keep_history("HistoireRaisonSuivi")
class RaisonSuivi(models.Model):
    """Why a closer follow-up, from when to when; never the cause."""

    agent = models.ForeignKey(Agent, models.PROTECT, related_name="raisons_suivi", verbose_name="agent")
    categorie = models.CharField("catégorie", max_length=10, choices=CategorieSuivi.choices)
    date_debut = models.DateField("début")
    date_fin = models.DateField("fin", null=True, blank=True)

    CLASSES: ClassVar[Classes] = {
        Classe.H1: ("agent", "categorie", "date_debut", "date_fin"),
        Classe.T0: ("id",),
    }

    class Meta:
        default_permissions = ()
        ordering = ["-date_debut", "-pk"]
        verbose_name = "raison de suivi"
        verbose_name_plural = "raisons de suivi"
        constraints = [period_constraint("agents_raison_periode")]

    def __str__(self) -> str:
        return f"{self.get_categorie_display()} depuis le {self.date_debut:%d/%m/%Y}"

    @property
    def libelle_journal(self) -> str:
        """Name for the journal, which tells who opened what, not what was there."""
        return f"Raison de suivi n° {self.pk}"
