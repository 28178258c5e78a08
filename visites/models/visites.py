"""Visits, opinions and restrictions."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from agents.models import Agent
from documents.models import Document
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.creneaux import Creneau
from nouvea_sst.lib.histoire import keep_history
from visites.enums import Conclusion, EtatVisite, EtendueMesure, NatureVisite, Presence, Reponse, VoieReponse
from visites.models.listes import Motif, MotifExcuse, Orientation, Recommandation, TypeRestriction
from visites.models.planning import DemiJournee
from visites.models.suivi import VisiteDue
from visites.querysets import RestrictionQuerySet, VisiteQuerySet
from visites.rules.lecteurs import AU_POSTE, MesureLue, word_measure

# A range without an end would stand for all time: only what has its day, hour and duration is compared.
PLACEE_A_L_HEURE = models.Q(
    etat=EtatVisite.PLACEE, date__isnull=False, heure__isnull=False, duree__isnull=False
)


@keep_history("HistoireVisite", exclude=("signee_lue",))
class Visite(models.Model):
    """A visit: to be placed, placed, held with its conclusion, missed or cancelled.

    One that the former software held has its number there, cle_import, and no signature here. `signee_lue`
    keeps the words of its signed version that lists and posts give: visites/signees.py.
    """

    agent = models.ForeignKey(Agent, models.PROTECT, related_name="visites", verbose_name="agent")
    motif = models.ForeignKey(Motif, models.PROTECT, verbose_name="motif")
    nature = models.CharField("nature", max_length=10, choices=NatureVisite.choices)
    due = models.ForeignKey(
        VisiteDue,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="visites",
        verbose_name="visite due",
        editable=False,
    )
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
    demi_journee = models.ForeignKey(
        DemiJournee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visites",
        verbose_name="demi-journée",
        editable=False,
    )
    duree = models.PositiveSmallIntegerField("durée, en minutes", null=True, blank=True, editable=False)
    nom_professionnel = models.CharField("nom du professionnel", max_length=120, blank=True)
    conclusion = models.CharField("conclusion", max_length=20, choices=Conclusion.choices, blank=True)
    recommandation = models.ForeignKey(
        Recommandation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visites",
        verbose_name="avis de l’ancien logiciel",
    )
    validite_mois = models.PositiveSmallIntegerField("à revoir dans, en mois", null=True, blank=True)
    prochaine_visite = models.DateField("prochaine visite", null=True, blank=True)
    message_employeur = models.TextField("message à l’employeur", max_length=2000, blank=True)
    orientation = models.ForeignKey(
        Orientation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visites",
        verbose_name="orientation",
    )
    signee_le = models.DateTimeField("signée le", null=True, blank=True)
    corrigee_le = models.DateTimeField("corrigée le", null=True, blank=True, editable=False)
    signee_lue = models.JSONField("mots signés", default=dict, blank=True, editable=False)
    certificat = models.OneToOneField(
        Document, models.PROTECT, null=True, blank=True, related_name="visite", verbose_name="certificat"
    )
    annulee_parce_que = models.CharField("raison de l’annulation", max_length=200, blank=True)
    venue = models.BooleanField("présent", default=False, editable=False)
    arrivee = models.TimeField("heure d’arrivée", null=True, blank=True)
    dite_le = models.DateTimeField("présence dite le", null=True, blank=True, editable=False)
    excuse = models.ForeignKey(
        MotifExcuse,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visites",
        verbose_name="motif de l’excuse",
    )
    excuse_precision = models.CharField("précision de l’excuse", max_length=200, blank=True)
    excuse_comptee = models.BooleanField("excuse comptée comme manquée", default=False, editable=False)
    reponse = models.CharField(
        "réponse de l’agent", max_length=10, choices=Reponse.choices, default=Reponse.ATTENDUE
    )
    reponse_voie = models.CharField(
        "réponse reçue par", max_length=12, choices=VoieReponse.choices, blank=True
    )
    repondu_par = models.CharField("réponse notée par", max_length=120, blank=True)
    repondu_le = models.DateTimeField("réponse du", null=True, blank=True, editable=False)
    cle_import = models.CharField(
        "numéro d’origine", max_length=80, blank=True, db_index=True, editable=False
    )
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        # Care staff and the agent alone (metier.md §3.2).
        Classe.M1: ("orientation",),
        Classe.H1: (
            "motif",
            "nature",
            "due",
            "conclusion",
            "recommandation",
            "validite_mois",
            "prochaine_visite",
            "message_employeur",
            "signee_le",
            "corrigee_le",
            "signee_lue",
            "certificat",
            "annulee_parce_que",
            "excuse",
            "excuse_precision",
            "excuse_comptee",
        ),
        Classe.A2: (
            "agent",
            "etat",
            "date",
            "heure",
            "professionnel",
            "nom_professionnel",
            "cle_import",
            "venue",
            "arrivee",
            "dite_le",
            "reponse",
            "reponse_voie",
            "repondu_par",
            "repondu_le",
        ),
        Classe.T0: ("id", "demi_journee", "duree", "version"),
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
            ("find_poste", "Chercher les postes compatibles avec les restrictions d’un agent"),
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
            models.CheckConstraint(
                name="visites_venue_placee_ou_tenue",
                condition=models.Q(venue=False, arrivee__isnull=True)
                | models.Q(venue=True, etat__in=[EtatVisite.PLACEE, EtatVisite.REALISEE]),
                violation_error_message="Seul un agent présent à sa visite a une heure d’arrivée.",
            ),
            models.CheckConstraint(
                name="visites_excuse_motivee",
                condition=models.Q(etat=EtatVisite.EXCUSE)
                | models.Q(excuse__isnull=True, excuse_precision="", excuse_comptee=False),
                violation_error_message="Seule une visite excusée porte une excuse.",
            ),
            models.CheckConstraint(
                name="visites_reponse_dite",
                condition=models.Q(reponse=Reponse.ATTENDUE, repondu_le__isnull=True, reponse_voie="")
                | (
                    ~models.Q(reponse=Reponse.ATTENDUE)
                    & ~models.Q(reponse_voie="")
                    & models.Q(repondu_le__isnull=False)
                ),
                violation_error_message="Une réponse dit quand et par quelle voie elle est venue.",
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
            ExclusionConstraint(
                name="visites_professionnel_une_a_la_fois",
                expressions=[
                    ("professionnel", RangeOperators.EQUAL),
                    (Creneau("date", "heure", "duree"), RangeOperators.OVERLAPS),
                ],
                condition=PLACEE_A_L_HEURE,
                violation_error_message="Ce professionnel a déjà une visite à cette heure.",
            ),
            ExclusionConstraint(
                name="visites_agent_une_a_la_fois",
                expressions=[
                    ("agent", RangeOperators.EQUAL),
                    (Creneau("date", "heure", "duree"), RangeOperators.OVERLAPS),
                ],
                condition=PLACEE_A_L_HEURE,
                violation_error_message="L’agent a déjà une visite à cette heure.",
            ),
        ]

    def __str__(self) -> str:
        return f"Visite du {self.date:%d/%m/%Y}" if self.date else "Visite à placer"

    @property
    def presence(self) -> Presence | None:
        """What is said of its day; None when it was cancelled or has no day."""
        dites = {
            EtatVisite.PLACEE: Presence.PRESENT if self.venue else Presence.ATTENDU,
            EtatVisite.ABSENT: Presence.ABSENT,
            EtatVisite.EXCUSE: Presence.EXCUSE,
            EtatVisite.REALISEE: Presence.VU,
        }
        return dites.get(EtatVisite(self.etat))

    @property
    def manquee(self) -> bool:
        """Whether it counts among the missed appointments."""
        return self.etat == EtatVisite.ABSENT or self.excuse_comptee

    @property
    def reprise(self) -> bool:
        """Whether it was held under the former software: what was signed then is not here."""
        return bool(self.cle_import) and self.signee_le is None and self.etat == EtatVisite.REALISEE

    @property
    def libelle_journal(self) -> str:
        """Name for the journal, which tells who opened what, not what was there."""
        return f"Visite n° {self.pk}"


class RestrictionsEnVigueur(models.Manager.from_queryset(RestrictionQuerySet)):  # type: ignore[misc]
    """Restrictions but those that a correction withdrew: the manager that every page and count goes by."""

    def get_queryset(self) -> RestrictionQuerySet:
        """Leave out what was withdrawn."""
        lignes: RestrictionQuerySet = super().get_queryset().filter(retiree_le__isnull=True)
        return lignes


@keep_history("HistoireRestriction")
class Restriction(models.Model):
    """A restriction or accommodation, in functional wording, from a day to a day, both included.

    One that a correction of its conclusion withdrew stays for its history: `objects` leaves it out. One that
    a later visit ended has that visit, and the end it had before.
    """

    visite = models.ForeignKey(Visite, models.PROTECT, related_name="restrictions", verbose_name="visite")
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="restrictions", verbose_name="agent")
    type = models.ForeignKey(TypeRestriction, models.PROTECT, verbose_name="mesure")
    precision = models.CharField("précision", max_length=120, blank=True)
    etendue = models.CharField(
        "étendue", max_length=10, choices=EtendueMesure.choices, default=EtendueMesure.TOUT
    )
    date_debut = models.DateField("du")
    date_fin = models.DateField("au", null=True, blank=True)
    retiree_le = models.DateField("retirée le", null=True, blank=True, editable=False)
    finie_par = models.ForeignKey(
        Visite,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="finies",
        verbose_name="visite qui y a mis fin",
        editable=False,
    )
    fin_avant = models.DateField("fin prévue avant", null=True, blank=True, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.H1: (
            "visite",
            "agent",
            "type",
            "precision",
            "etendue",
            "date_debut",
            "date_fin",
            "retiree_le",
            "finie_par",
            "fin_avant",
        ),
        Classe.T0: ("id",),
    }

    objects = RestrictionsEnVigueur()
    toutes = RestrictionQuerySet.as_manager()

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
        au_poste = f", {AU_POSTE}" if self.etendue == EtendueMesure.POSTE else ""
        return f"{f'{self.type.libelle} {self.precision}'.strip()}{au_poste}"

    @property
    def libelle_journal(self) -> str:
        """Name for the journal, which tells who opened what, not what was there."""
        return f"Restriction n° {self.pk}"

    @property
    def lue(self) -> MesureLue:
        """The measure as the rules of reading take it; `type` must be loaded."""
        return MesureLue(self.type.libelle, self.precision, self.date_debut, self.date_fin, self.etendue)

    def is_open_on(self, jour: datetime.date) -> bool:
        """Whether it is in force on this day."""
        return self.date_debut <= jour and (self.date_fin is None or self.date_fin >= jour)

    @property
    def en_clair(self) -> str:
        """The measure in one line, with its end."""
        return word_measure(self.lue)
