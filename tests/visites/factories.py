"""Visits and restrictions for the tests."""

import datetime
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from nouvea_sst.comptes.enums import Role
from tests.agents.factories import JOUR, AgentFactory
from tests.fabriques import compte
from visites.enums import Conclusion, EtatVisite, NatureVisite
from visites.models import Motif, Restriction, TypeRestriction, Visite

__all__ = ["JOUR", "MotifFactory", "RestrictionFactory", "TypeRestrictionFactory", "VisiteFactory", "held"]


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


def held(**champs: Any) -> Visite:
    """Return a visit that was held and signed: apt, unless told otherwise."""
    champs = {
        "etat": EtatVisite.REALISEE,
        "conclusion": Conclusion.APTE,
        "nom_professionnel": "Anne Le Goff",
        "signee_le": timezone.now(),
    } | champs
    return VisiteFactory(**champs)
