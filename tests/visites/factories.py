"""Visits and restrictions for the tests."""

import datetime
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from nouvea_sst.comptes.enums import Role
from tests.agents.factories import JOUR, AgentFactory, SiteFactory
from tests.fabriques import compte
from visites.enums import Conclusion, EtatEssai, EtatVisite, NatureVisite
from visites.forms_regles import written
from visites.models import (
    AbsenceProfessionnel,
    DemandeVisite,
    DemiJournee,
    Engagement,
    EssaiRegle,
    Motif,
    RegleVisite,
    Restriction,
    TypeRestriction,
    Visite,
    VisiteDue,
)
from visites.rules.essais import Bilan

__all__ = [
    "JOUR",
    "AbsenceProfessionnelFactory",
    "DemandeVisiteFactory",
    "DemiJourneeFactory",
    "EngagementFactory",
    "EssaiRegleFactory",
    "MotifFactory",
    "RegleVisiteFactory",
    "RestrictionFactory",
    "TypeRestrictionFactory",
    "VisiteDueFactory",
    "VisiteFactory",
    "held",
]


class MotifFactory(DjangoModelFactory[Motif]):
    """The motive « à la demande de l’agent »: its public wording differs."""

    code = "demande_agent"
    libelle = "À la demande de l’agent"
    libelle_public = "À la demande"

    class Meta:
        model = Motif
        django_get_or_create = ("code",)


class TypeRestrictionFactory(DjangoModelFactory[TypeRestriction]):
    """A kind of restriction."""

    libelle = factory.Sequence(lambda n: f"Pas de geste numéro {n}")

    class Meta:
        model = TypeRestriction
        django_get_or_create = ("libelle",)


class VisiteFactory(DjangoModelFactory[Visite]):
    """An examination placed on the day of the tests at 9:00 with a doctor of its own."""

    agent = factory.SubFactory(AgentFactory)
    motif = factory.SubFactory(MotifFactory)
    nature = NatureVisite.EXAMEN
    etat = EtatVisite.PLACEE
    date = JOUR
    heure = datetime.time(9, 0)
    professionnel = factory.LazyFunction(lambda: compte(Role.MEDECIN, first_name="Anne", last_name="Le Goff"))

    class Meta:
        model = Visite


class DemiJourneeFactory(DjangoModelFactory[DemiJournee]):
    """An hour of the day of the tests, four slots, with a doctor of its own."""

    professionnel = factory.LazyFunction(lambda: compte(Role.MEDECIN, first_name="Anne", last_name="Le Goff"))
    lieu = factory.SubFactory(SiteFactory)
    date = JOUR
    debut = datetime.time(13, 0)
    fin = datetime.time(14, 0)
    duree = 15
    capacite = 4

    class Meta:
        model = DemiJournee


class AbsenceProfessionnelFactory(DjangoModelFactory[AbsenceProfessionnel]):
    """A doctor of its own, on leave for two days in two months."""

    professionnel = factory.LazyFunction(lambda: compte(Role.MEDECIN, first_name="Anne", last_name="Le Goff"))
    nature = "conge"
    date_debut = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=60))
    date_fin = factory.LazyAttribute(lambda a: a.date_debut + datetime.timedelta(days=1))

    class Meta:
        model = AbsenceProfessionnel


class RestrictionFactory(DjangoModelFactory[Restriction]):
    """A restriction in force on the day of the tests."""

    visite = factory.SubFactory(VisiteFactory)
    agent = factory.SelfAttribute("visite.agent")
    type = factory.SubFactory(TypeRestrictionFactory, libelle="Port de charges limité")
    precision = "10 kg"
    date_debut = JOUR
    date_fin = datetime.date(2027, 5, 24)

    class Meta:
        model = Restriction


class EngagementFactory(DjangoModelFactory[Engagement]):
    """A restriction of a signed opinion, to be applied within fifteen days by any manager of the agent."""

    restriction = factory.LazyFunction(
        lambda: RestrictionFactory.create(visite=held(conclusion=Conclusion.AMENAGEMENT))
    )
    structure = factory.SelfAttribute("restriction.agent.structure")
    poste = factory.SelfAttribute("restriction.agent.poste")
    ouvert_le = factory.SelfAttribute("restriction.date_debut")
    echeance = factory.LazyAttribute(lambda e: e.ouvert_le + datetime.timedelta(days=15))

    class Meta:
        model = Engagement


class RegleVisiteFactory(DjangoModelFactory[RegleVisite]):
    """A rule in force since long."""

    declencheur = "maladie"
    motif = factory.SubFactory(MotifFactory, code="reprise_maladie", libelle="Reprise après maladie")
    libelle = "Retour d’absences pour maladie"
    decalage = 2
    date_effet = datetime.date(2000, 1, 1)
    source = "Pratique"
    fiabilite = "usage"

    class Meta:
        model = RegleVisite
        django_get_or_create = ("declencheur", "date_effet")


class EssaiRegleFactory(DjangoModelFactory[EssaiRegle]):
    """A trial of the rule of illness from 15 days on, calculated and not adopted: nothing moves."""

    declencheur = "maladie"
    jour = JOUR
    etat = EtatEssai.PRET
    demandeur = factory.LazyFunction(lambda: compte(Role.CHEF))
    demande_le = factory.LazyFunction(timezone.now)
    resultat = factory.LazyAttribute(lambda e: Bilan(e.jour).summary())

    class Meta:
        model = EssaiRegle

    @factory.lazy_attribute
    def valeurs(self) -> dict[str, Any]:
        """The version in force, with another threshold, from the next month on."""
        regle = RegleVisiteFactory.create(declencheur=self.declencheur)
        lues = {nom: valeur for nom, valeur in written(regle).items() if nom != "motif"}
        autres = {"operateur": "gt", "seuil": 15, "date_effet": self.jour + datetime.timedelta(days=30)}
        return lues | autres | {"motif_id": regle.motif_id}


class VisiteDueFactory(DjangoModelFactory[VisiteDue]):
    """A visit due ten days after the day of the tests."""

    agent = factory.SubFactory(AgentFactory)
    cle = factory.Sequence(lambda n: f"arret:{n}")
    regle = factory.SubFactory(RegleVisiteFactory)
    famille = "reprise"
    motif = factory.SelfAttribute("regle.motif")
    fait_le = JOUR
    calculee = JOUR + datetime.timedelta(days=10)
    echeance = factory.SelfAttribute("calculee")
    preuve = factory.LazyFunction(
        lambda: {"regle": "", "version": "", "source": "", "fiabilite": "", "faits": [], "calcul": ""}
    )
    calculee_le = factory.LazyFunction(timezone.now)

    class Meta:
        model = VisiteDue


class DemandeVisiteFactory(DjangoModelFactory[DemandeVisite]):
    """A visit that the agent asked for on the day of the tests."""

    agent = factory.SubFactory(AgentFactory)
    origine = "agent"
    nom_demandeur = "L’agent"
    demandee_le = JOUR
    raison = "Voudrait parler de son poste."

    class Meta:
        model = DemandeVisite


def held(**champs: Any) -> Visite:
    """Return a visit that was held and signed: apt, unless told otherwise."""
    champs = {
        "etat": EtatVisite.REALISEE,
        "conclusion": Conclusion.APTE,
        "nom_professionnel": "Anne Le Goff",
        "signee_le": timezone.now(),
    } | champs
    return VisiteFactory(**champs)
