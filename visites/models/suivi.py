"""Visits due with their proof, the rules that make them due, and where each agent stands."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from agents.enums import CategorieSuivi
from agents.models import Agent
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history
from nouvea_sst.referentiel.enums import Fiabilite
from visites.enums import (
    Cloture,
    Declencheur,
    EtatDue,
    Operateur,
    PointDepart,
    RegleEcheance,
    Unite,
)
from visites.models.listes import Motif
from visites.querysets import RegleVisiteQuerySet, SuiviQuerySet, VisiteDueQuerySet


@keep_history("HistoireRegleVisite")
class RegleVisite(models.Model):
    """One rule from one date on: what makes a visit due, of which motive, and when.

    A new text adds a row and edits none, so that an old due date stays explained. Empty lists of kinds mean
    all kinds; an offset without number is the one that the reference data gives to the follow-up category.
    """

    declencheur = models.CharField("déclencheur", max_length=20, choices=Declencheur.choices)
    motif = models.ForeignKey(Motif, models.PROTECT, related_name="regles", verbose_name="motif")
    libelle = models.CharField("ce que dit la règle", max_length=200)
    types_absence = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name="types d’absence", default=list, blank=True
    )
    positions = ArrayField(models.CharField(max_length=2), verbose_name="positions", default=list, blank=True)
    natures = ArrayField(
        models.CharField(max_length=10), verbose_name="natures qui servent", default=list, blank=True
    )
    operateur = models.CharField("condition", max_length=3, choices=Operateur.choices, blank=True)
    seuil = models.PositiveSmallIntegerField("seuil", null=True, blank=True)
    operateur_fin = models.CharField("seconde condition", max_length=3, choices=Operateur.choices, blank=True)
    seuil_fin = models.PositiveSmallIntegerField("second seuil", null=True, blank=True)
    unite_seuil = models.CharField("unité du seuil", max_length=5, choices=Unite.choices, default=Unite.JOURS)
    depart = models.CharField(
        "à partir de", max_length=5, choices=PointDepart.choices, default=PointDepart.FIN
    )
    decalage = models.SmallIntegerField("décalage", null=True, blank=True)
    unite = models.CharField("unité du décalage", max_length=5, choices=Unite.choices, default=Unite.JOURS)
    priorite = models.PositiveSmallIntegerField("priorité", default=50)
    recul_mois = models.PositiveSmallIntegerField("recul, en mois", null=True, blank=True)
    active = models.BooleanField("appliquée", default=True)
    date_effet = models.DateField("date d’effet")
    source = models.CharField("source", max_length=300)
    fiabilite = models.CharField("fiabilité", max_length=12, choices=Fiabilite.choices)
    corrigee_parce_que = models.CharField("raison de la correction", max_length=100, blank=True)
    retiree_parce_que = models.CharField("raison du retrait", max_length=200, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: (
            "id",
            "declencheur",
            "motif",
            "libelle",
            "types_absence",
            "positions",
            "natures",
            "operateur",
            "seuil",
            "operateur_fin",
            "seuil_fin",
            "unite_seuil",
            "depart",
            "decalage",
            "unite",
            "priorite",
            "recul_mois",
            "active",
            "date_effet",
            "source",
            "fiabilite",
            "corrigee_parce_que",
            "retiree_parce_que",
            "version",
        ),
    }

    objects = RegleVisiteQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["priorite", "declencheur", "-date_effet"]
        verbose_name = "règle de visite"
        verbose_name_plural = "règles de visite"
        constraints = [
            models.UniqueConstraint(
                fields=["declencheur", "date_effet"],
                condition=models.Q(retiree_parce_que=""),
                name="visites_regle_unique",
                violation_error_message="Cette règle a déjà une version à cette date d’effet.",
            ),
            models.CheckConstraint(
                name="visites_regle_seuils",
                condition=models.Q(operateur="", seuil__isnull=True)
                | (~models.Q(operateur="") & models.Q(seuil__isnull=False)),
                violation_error_message="Un seuil va avec sa condition.",
            ),
            models.CheckConstraint(
                name="visites_regle_seconds_seuils",
                condition=models.Q(operateur_fin="", seuil_fin__isnull=True)
                | (~models.Q(operateur_fin="") & models.Q(seuil_fin__isnull=False)),
                violation_error_message="Un second seuil va avec sa condition.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.libelle}, du {self.date_effet:%d/%m/%Y}"


@keep_history("HistoireVisiteDue", exclude=("preuve", "calculee_le"), inserts=False)
class VisiteDue(models.Model):
    """A visit that an agent is due for one motive and one occasion, until when, and why.

    `cle` names the occasion: one hire, one chain of absences, one request. `calculee` is the rule's day,
    `choisie` the one that a person set instead; `echeance` is the one that holds.
    """

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="visites_dues", verbose_name="agent")
    cle = models.CharField("occasion", max_length=40)
    regle = models.ForeignKey(RegleVisite, models.PROTECT, related_name="visites_dues", verbose_name="règle")
    famille = models.CharField("nature", max_length=15, choices=RegleEcheance.choices)
    motif = models.ForeignKey(Motif, models.PROTECT, related_name="visites_dues", verbose_name="motif")
    fait_le = models.DateField("fait du", null=True, blank=True)
    calculee = models.DateField("échéance calculée", null=True, blank=True)
    choisie = models.DateField("échéance choisie", null=True, blank=True)
    proposee = models.DateField("échéance calculée le jour du choix", null=True, blank=True)
    raison_choix = models.CharField("raison du choix", max_length=200, blank=True)
    choisie_par = models.CharField("choisie par", max_length=120, blank=True)
    echeance = models.DateField("échéance", null=True, blank=True, db_index=True)
    priorite = models.PositiveSmallIntegerField("priorité", default=50)
    absences = models.PositiveSmallIntegerField("rendez-vous manqués", default=0)
    preuve = models.JSONField("pourquoi cette date", default=dict)
    etat = models.CharField("état", max_length=10, choices=EtatDue.choices, default=EtatDue.OUVERTE)
    cloture = models.CharField("raison de la clôture", max_length=12, choices=Cloture.choices, blank=True)
    ecartee_parce_que = models.CharField("raison de la mise à l’écart", max_length=200, blank=True)
    close_le = models.DateField("close le", null=True, blank=True)
    calculee_le = models.DateTimeField("calculée le")
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.H1: (
            "agent",
            "cle",
            "regle",
            "famille",
            "motif",
            "fait_le",
            "calculee",
            "choisie",
            "proposee",
            "raison_choix",
            "choisie_par",
            "echeance",
            "priorite",
            "absences",
            "preuve",
            "etat",
            "cloture",
            "ecartee_parce_que",
            "close_le",
        ),
        Classe.T0: ("id", "calculee_le", "version"),
    }

    objects = VisiteDueQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = [models.F("echeance").asc(nulls_last=True), "agent__nom_cle", "pk"]
        verbose_name = "visite due"
        verbose_name_plural = "visites dues"
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "cle"],
                name="visites_due_une_par_occasion",
                violation_error_message="Cette occasion est déjà suivie pour cet agent.",
            ),
            models.CheckConstraint(
                name="visites_due_close",
                condition=models.Q(etat=EtatDue.OUVERTE, cloture="", close_le__isnull=True)
                | (
                    ~models.Q(etat=EtatDue.OUVERTE) & ~models.Q(cloture="") & models.Q(close_le__isnull=False)
                ),
                violation_error_message="Une visite qui n’est plus due dit pourquoi et depuis quand.",
            ),
        ]
        indexes = [models.Index(fields=["agent", "etat"], name="visites_due_agent")]

    def __str__(self) -> str:
        return f"Visite due n° {self.pk}"

    @property
    def rappel(self) -> str:
        """What the rule proposes now against the day that a person set, in French; empty when it stands."""
        if self.choisie is None or self.calculee is None:
            return ""
        changee = self.proposee is not None and self.proposee != self.calculee
        if not changee and self.calculee <= self.choisie:
            return ""
        pourquoi = " : les faits ont changé depuis ce choix" if changee else ""
        return f"La règle propose maintenant le {self.calculee:%d/%m/%Y}{pourquoi}"

    @property
    def libelle_journal(self) -> str:
        """Name for the journal, which tells who opened what, not what was there."""
        return f"Visite due n° {self.pk}"


@keep_history("HistoireSuivi", exclude=("preuve", "calcule_le"), inserts=False)
class Suivi(models.Model):
    """One row per agent: the nearest of the visits that he is due, and why it is that date."""

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
            ("change_due", "Changer ou écarter une visite due"),
        ]
        ordering = [models.F("echeance").asc(nulls_last=True), "agent__nom_cle", "pk"]

    def __str__(self) -> str:
        return f"Suivi de {self.agent_id}"
