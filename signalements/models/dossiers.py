"""Reports, accidents and the actions that answer them.

`jeton` is drawn with the entry form: the same form sent twice makes one record.
"""

import datetime
import uuid
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models

from agents.models import Absence, Agent, Site, Structure
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.histoire import keep_history
from nouvea_sst.lib.numeros import number_constraint
from signalements.enums import (
    CategorieSignalement,
    EtatAction,
    EtatSignalement,
    Gravite,
    NatureAccident,
    OrigineAction,
    Probabilite,
)
from signalements.querysets import AccidentQuerySet, ActionQuerySet, SignalementQuerySet
from signalements.rules.cotation import Cotation, Seuils, rate_risk
from signalements.rules.jours import JOURS_MAX, all_days_lost, days_to_come

TROP_DE_JOURS = "Un arrêt saisi compte 3\u202f650 jours au plus."


@keep_history("HistoireSignalement", exclude=("jeton",))
class Signalement(models.Model):
    """What somebody reports: where, when, what, how serious. The declarer's name stays in the section."""

    numero = models.CharField("numéro", max_length=20, unique=True, editable=False)
    declarant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="déclarant",
    )
    anonyme = models.BooleanField("déclaré sans nom", default=False)
    survenu_le = models.DateField("date des faits")
    survenu_a = models.TimeField("heure des faits", null=True, blank=True)
    structure = models.ForeignKey(Structure, models.PROTECT, null=True, blank=True, verbose_name="structure")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, verbose_name="site")
    lieu = models.CharField("lieu précis", max_length=200)
    intitule = models.CharField("en quelques mots", max_length=120)
    recit = models.TextField("que s’est-il passé ?", max_length=5000)
    mesures_immediates = models.TextField("mesures déjà prises", max_length=2000, blank=True)
    danger_immediat = models.BooleanField("danger tout de suite", default=False)
    gravite = models.PositiveSmallIntegerField("gravité", choices=Gravite.choices)
    probabilite = models.PositiveSmallIntegerField(
        "probabilité", choices=Probabilite.choices, null=True, blank=True
    )
    categorie = models.CharField("catégorie", max_length=20, choices=CategorieSignalement.choices, blank=True)
    agents = models.ManyToManyField(
        Agent, blank=True, related_name="signalements", verbose_name="agents concernés"
    )
    etat = models.CharField(
        "état", max_length=15, choices=EtatSignalement.choices, default=EtatSignalement.NOUVEAU, db_index=True
    )
    recu_le = models.DateTimeField("reçu le")
    qualifier_avant = models.DateField("à qualifier avant le")
    pilote = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="confié à",
    )
    qualifie_le = models.DateField("qualifié le", null=True, blank=True)
    commence_le = models.DateField("traité depuis le", null=True, blank=True)
    mesures = models.TextField("mesures prises", max_length=2000, blank=True)
    mesures_le = models.DateField("mesures prises le", null=True, blank=True)
    clos_le = models.DateField("clos le", null=True, blank=True)
    conclusion = models.TextField("conclusion", max_length=2000, blank=True)
    jeton = models.UUIDField("jeton de saisie", default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.I1: (
            "numero",
            "declarant",
            "anonyme",
            "survenu_le",
            "survenu_a",
            "structure",
            "site",
            "lieu",
            "intitule",
            "recit",
            "mesures_immediates",
            "danger_immediat",
            "gravite",
            "probabilite",
            "categorie",
            "agents",
            "etat",
            "recu_le",
            "qualifier_avant",
            "pilote",
            "qualifie_le",
            "commence_le",
            "mesures",
            "mesures_le",
            "clos_le",
            "conclusion",
        ),
        Classe.T0: ("id", "jeton", "version"),
    }

    objects = SignalementQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("add_signalement", "Déclarer un signalement"),
            ("view_signalement", "Voir les signalements"),
            ("view_declarant", "Voir qui a déclaré"),
            ("qualify_signalement", "Qualifier, traiter et clore"),
        ]
        ordering = ["-recu_le", "-pk"]
        constraints = [
            number_constraint("signalements_numero", "S"),
            models.CheckConstraint(
                name="signalements_qualifie_complet",
                condition=models.Q(etat__in=[EtatSignalement.NOUVEAU, EtatSignalement.REJETE])
                | (models.Q(qualifie_le__isnull=False) & ~models.Q(categorie="")),
                violation_error_message="Un signalement qualifié porte une date et une catégorie.",
            ),
            models.CheckConstraint(
                name="signalements_clos_complet",
                condition=~models.Q(etat__in=[EtatSignalement.CLOS, EtatSignalement.REJETE])
                | (models.Q(clos_le__isnull=False) & ~models.Q(conclusion="")),
                violation_error_message="Un signalement clos ou rejeté porte une date et une conclusion.",
            ),
            models.CheckConstraint(
                name="signalements_sans_nom",
                condition=models.Q(anonyme=False) | models.Q(declarant__isnull=True),
                violation_error_message="Un signalement sans nom ne garde pas le déclarant.",
            ),
        ]

    def __str__(self) -> str:
        return self.numero

    @property
    def forme_recu(self) -> str:
        """How the reception is written: of a report without a name only the day is kept."""
        return "" if self.anonyme else "moment"

    def rate(self, seuils: Seuils) -> Cotation | None:
        """Its rating by the classes in force, once the probability is known."""
        return rate_risk(self.gravite, self.probabilite, seuils) if self.probabilite else None


@keep_history("HistoireAccident", exclude=("jeton",))
class Accident(models.Model):
    """A work accident or disease. Its absences give its days lost; typed days stand only without any."""

    numero = models.CharField("numéro", max_length=20, unique=True, editable=False)
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="accidents", verbose_name="agent")
    signalement = models.ForeignKey(
        Signalement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accidents",
        verbose_name="signalement",
    )
    nature = models.CharField("nature", max_length=15, choices=NatureAccident.choices)
    date = models.DateField("date", db_index=True)
    heure = models.TimeField("heure", null=True, blank=True)
    declare_le = models.DateField("déclaré le", null=True, blank=True)
    structure = models.ForeignKey(Structure, models.PROTECT, null=True, blank=True, verbose_name="structure")
    lieu = models.CharField("lieu", max_length=200)
    circonstances = models.TextField("circonstances", max_length=5000)
    benin = models.BooleanField("inscrit au registre des accidents bénins", default=False)
    rechute_de = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="rechutes", verbose_name="rechute de"
    )
    absences = models.ManyToManyField(Absence, blank=True, related_name="accidents", verbose_name="arrêts")
    jours_saisis = models.PositiveIntegerField(
        "jours d’arrêt saisis",
        null=True,
        blank=True,
        validators=[MaxValueValidator(JOURS_MAX, TROP_DE_JOURS)],
    )
    jeton = models.UUIDField("jeton de saisie", default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.I2: ("nature", "benin", "rechute_de", "absences", "jours_saisis"),
        Classe.I1: (
            "numero",
            "agent",
            "signalement",
            "date",
            "heure",
            "declare_le",
            "structure",
            "lieu",
            "circonstances",
        ),
        Classe.T0: ("id", "jeton", "version"),
    }

    objects = AccidentQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [("view_accident", "Voir les accidents"), ("change_accident", "Saisir les accidents")]
        ordering = ["-date", "-pk"]
        constraints = [
            number_constraint("signalements_accident_numero", "AT"),
            models.CheckConstraint(
                name="signalements_accident_jours_saisis",
                condition=models.Q(jours_saisis__isnull=True) | models.Q(jours_saisis__lte=JOURS_MAX),
                violation_error_message=TROP_DE_JOURS,
            ),
            models.UniqueConstraint(
                fields=["agent", "date", "nature"],
                condition=models.Q(rechute_de__isnull=True),
                name="signalements_accident_initial_unique",
                violation_error_message="Un accident de cet agent est déjà saisi à cette date.",
            ),
        ]

    def __str__(self) -> str:
        return self.numero

    @property
    def arrets(self) -> list[tuple[datetime.date, datetime.date]]:
        """First and last day of each linked absence."""
        return [(a.date_debut, a.date_fin) for a in self.absences.all()]

    @property
    def jours_perdus(self) -> int:
        """Days lost as its absences say, those to come included, or as typed without any."""
        return all_days_lost(self.date, self.arrets, self.jours_saisis)

    def jours_a_venir(self, jour: datetime.date) -> int:
        """Days prescribed after this day, among `jours_perdus`."""
        return days_to_come(self.date, self.arrets, self.jours_saisis, jour)


@keep_history("HistoireAction", exclude=("jeton",))
class Action(models.Model):
    """An action of the prevention plan: what, who pilots it, until when, and the proof that it is done."""

    numero = models.CharField("numéro", max_length=20, unique=True, editable=False)
    intitule = models.CharField("action", max_length=200)
    origine = models.CharField("origine", max_length=15, choices=OrigineAction.choices)
    signalement = models.ForeignKey(
        Signalement, models.PROTECT, null=True, blank=True, related_name="actions", verbose_name="signalement"
    )
    accident = models.ForeignKey(
        Accident, models.PROTECT, null=True, blank=True, related_name="actions", verbose_name="accident"
    )
    structure = models.ForeignKey(Structure, models.PROTECT, null=True, blank=True, verbose_name="structure")
    pilote = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name="pilote",
    )
    creee_le = models.DateField("décidée le")
    echeance = models.DateField("échéance", db_index=True)
    etat = models.CharField("état", max_length=12, choices=EtatAction.choices, default=EtatAction.A_FAIRE)
    faite_le = models.DateField("faite le", null=True, blank=True)
    preuve = models.TextField("preuve, ou raison de l’abandon", max_length=1000, blank=True)
    jeton = models.UUIDField("jeton de saisie", default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.I1: (
            "numero",
            "intitule",
            "origine",
            "signalement",
            "accident",
            "structure",
            "pilote",
            "creee_le",
            "echeance",
            "etat",
            "faite_le",
            "preuve",
        ),
        Classe.T0: ("id", "jeton", "version"),
    }

    objects = ActionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_action", "Voir le plan d’actions"),
            ("change_action", "Tenir le plan d’actions"),
        ]
        ordering = ["echeance", "pk"]
        constraints = [
            number_constraint("signalements_action_numero", "PA"),
            models.CheckConstraint(
                name="signalements_action_close_prouvee",
                condition=~models.Q(etat__in=[EtatAction.FAITE, EtatAction.ABANDONNEE])
                | (models.Q(faite_le__isnull=False) & ~models.Q(preuve="")),
                violation_error_message="Une action close porte une date et une preuve ou une raison.",
            ),
        ]

    def __str__(self) -> str:
        return self.numero
