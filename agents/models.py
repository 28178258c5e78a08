"""The personnel file: structures, posts, agents, absences."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from agents.enums import CategorieSuivi, Civilite, FamilleAbsence, NiveauStructure, Sexe, Statut
from agents.querysets import (
    AbsenceQuerySet,
    AffectationQuerySet,
    AgentQuerySet,
    HeuresTravailleesQuerySet,
    PosteQuerySet,
    ResponsabiliteQuerySet,
    StructureQuerySet,
)
from agents.rules.absences import Arret
from nouvea_sst.lib.histoire import keep_history


def period_constraint(nom: str) -> models.CheckConstraint:
    """The end is not before the start."""
    return models.CheckConstraint(
        name=nom,
        condition=models.Q(date_fin__isnull=True) | models.Q(date_fin__gte=models.F("date_debut")),
        violation_error_message="La fin précède le début.",
    )


class Collectivite(models.Model):
    """Employer: the city, its school fund, its social centre."""

    code = models.CharField("code", max_length=10, unique=True)
    libelle = models.CharField("libellé", max_length=100)
    code_ancien = models.CharField("code de l’ancien logiciel", max_length=4, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["code"]
        verbose_name = "collectivité"

    def __str__(self) -> str:
        return self.libelle


class Site(models.Model):
    """A place where agents work."""

    libelle = models.CharField("libellé", max_length=120, unique=True)

    class Meta:
        default_permissions = ()
        ordering = ["libelle"]

    def __str__(self) -> str:
        return self.libelle


@keep_history("HistoireStructure", exclude=("chemin", "direction"))
class Structure(models.Model):
    """Node of the tree direction → service → section; dated, never deleted."""

    sigle = models.CharField("sigle", max_length=20)
    libelle = models.CharField("libellé", max_length=200)
    niveau = models.CharField("niveau", max_length=10, choices=NiveauStructure.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="enfants", verbose_name="structure mère"
    )
    chemin = models.CharField("chemin", max_length=400, db_index=True, editable=False)
    direction = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="direction",
        editable=False,
    )
    code_ancien = models.CharField("code de l’ancien logiciel", max_length=10, blank=True)
    date_debut = models.DateField("début", null=True, blank=True)
    date_fin = models.DateField("fin", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    objects = StructureQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["chemin"]
        constraints = [
            period_constraint("agents_structure_periode"),
            models.UniqueConstraint(
                fields=["sigle"],
                condition=models.Q(date_fin__isnull=True),
                name="agents_structure_sigle",
                violation_error_message="Une structure ouverte porte déjà ce sigle.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sigle} – {self.libelle}"

    @property
    def profondeur(self) -> int:
        """How many structures stand above it."""
        return self.chemin.count("/") - 1


@keep_history("HistoirePoste")
class Poste(models.Model):
    """A kind of post, and the follow-up that its exposures ask for."""

    intitule = models.CharField("intitulé", max_length=200, unique=True)
    categorie_suivi = models.CharField(
        "catégorie de suivi", max_length=10, choices=CategorieSuivi.choices, default=CategorieSuivi.SIMPLE
    )
    version = models.PositiveIntegerField("version", default=1, editable=False)

    objects = PosteQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["intitule"]

    def __str__(self) -> str:
        return self.intitule


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

    objects = AgentQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_agent", "Voir les agents"),
            ("view_identite", "Voir la naissance et les numéros"),
            ("view_carriere", "Voir le statut, l’embauche et le départ"),
            ("change_agent", "Ajouter et corriger un agent"),
            ("export_agent", "Exporter les agents"),
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
        indexes = [GinIndex(OpClass(models.F("nom_cle"), name="gin_trgm_ops"), name="agents_nom_cle_trgm")]

    def __str__(self) -> str:
        return f"{self.nom.upper()} {self.prenom}"

    @property
    def nom_courant(self) -> str:
        """« Prénom Nom », as in a sentence."""
        return f"{self.prenom} {self.nom}"


@keep_history("HistoireAffectation")
class Affectation(models.Model):
    """An agent's post in a structure, from a day to a day, both included."""

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="affectations", verbose_name="agent")
    structure = models.ForeignKey(Structure, models.PROTECT, verbose_name="structure")
    poste = models.ForeignKey(Poste, models.PROTECT, null=True, blank=True, verbose_name="poste")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, verbose_name="site")
    date_debut = models.DateField("début")
    date_fin = models.DateField("fin", null=True, blank=True)
    temps_travail = models.PositiveSmallIntegerField("temps de travail, en %", default=100)
    version = models.PositiveIntegerField("version", default=1, editable=False)

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

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="raisons_suivi", verbose_name="agent")
    categorie = models.CharField("catégorie", max_length=10, choices=CategorieSuivi.choices)
    date_debut = models.DateField("début")
    date_fin = models.DateField("fin", null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["-date_debut", "-pk"]
        verbose_name = "raison de suivi"
        constraints = [period_constraint("agents_raison_periode")]

    def __str__(self) -> str:
        return f"{self.get_categorie_display()} depuis le {self.date_debut:%d/%m/%Y}"


@keep_history("HistoireTypeAbsence")
class TypeAbsence(models.Model):
    """Kind of absence, with the former software's number."""

    code = models.PositiveSmallIntegerField("code de l’ancien logiciel", unique=True)
    libelle = models.CharField("libellé", max_length=100)
    famille = models.CharField("famille", max_length=20, choices=FamilleAbsence.choices)
    compte_droits = models.BooleanField("compte dans les droits à maladie", default=False)
    prolonge = models.BooleanField("peut prolonger un autre type", default=False)
    actif = models.BooleanField("proposé à la saisie", default=True)

    class Meta:
        default_permissions = ()
        ordering = ["libelle"]
        verbose_name = "type d’absence"
        verbose_name_plural = "types d’absence"

    def __str__(self) -> str:
        return self.libelle


@keep_history("HistoireAbsence")
class Absence(models.Model):
    """An absence in calendar days, both ends included; half days at either end."""

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="absences", verbose_name="agent")
    type = models.ForeignKey(TypeAbsence, models.PROTECT, verbose_name="type")
    date_debut = models.DateField("début", db_index=True)
    date_fin = models.DateField("fin", db_index=True)
    debut_apres_midi = models.BooleanField("commence l’après-midi", default=False)
    fin_matin = models.BooleanField("finit à midi", default=False)
    prolongation = models.BooleanField("prolongation", default=False)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_absence", "Voir les absences"),
            ("view_type_absence", "Voir le type des absences"),
            ("change_absence", "Saisir les absences"),
        ]
        ordering = ["-date_debut", "-pk"]
        constraints = [period_constraint("agents_absence_periode")]

    def __str__(self) -> str:
        return f"Absence du {self.date_debut:%d/%m/%Y} au {self.date_fin:%d/%m/%Y}"

    @property
    def arret(self) -> Arret:
        """The absence as the rules see it."""
        return Arret(self.date_debut, self.date_fin, self.debut_apres_midi, self.fin_matin)


@keep_history("HistoireHeuresTravaillees")
class HeuresTravaillees(models.Model):
    """Hours worked in a month, for the whole city or for one structure, with their source."""

    annee = models.PositiveSmallIntegerField("année")
    mois = models.PositiveSmallIntegerField("mois")
    structure = models.ForeignKey(Structure, models.PROTECT, null=True, blank=True, verbose_name="structure")
    heures = models.DecimalField("heures", max_digits=12, decimal_places=2)
    source = models.CharField("source", max_length=200)

    objects = HeuresTravailleesQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["annee", "mois", "pk"]
        verbose_name = "heures travaillées"
        verbose_name_plural = "heures travaillées"
        constraints = [
            models.UniqueConstraint(
                fields=["annee", "mois", "structure"],
                name="agents_heures_uniques",
                nulls_distinct=False,
                violation_error_message="Les heures de ce mois sont déjà saisies.",
            ),
            models.CheckConstraint(
                name="agents_heures_mois",
                condition=models.Q(mois__gte=1, mois__lte=12),
                violation_error_message="Le mois va de 1 à 12.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mois:02d}/{self.annee} : {self.heures} h"


@keep_history("HistoireResponsabilite")
class Responsabilite(models.Model):
    """Which account answers for which structure, and so for those below it."""

    compte = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="responsabilites", verbose_name="compte"
    )
    structure = models.ForeignKey(Structure, models.PROTECT, verbose_name="structure")
    date_debut = models.DateField("début")
    date_fin = models.DateField("fin", null=True, blank=True)

    objects = ResponsabiliteQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-date_debut", "-pk"]
        verbose_name = "responsabilité"
        constraints = [period_constraint("agents_responsabilite_periode")]

    def __str__(self) -> str:
        return f"{self.compte} : {self.structure.sigle}"
