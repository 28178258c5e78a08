"""Rows of signalements, and what they stand on."""

import datetime
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone

from agents.enums import FamilleAbsence
from agents.models import Absence, Agent, TypeAbsence
from nouvea_sst.referentiel.models import Parametre
from signalements.enums import EtatSignalement, Gravite, NatureAccident, OrigineAction
from signalements.models import Accident, Action, Signalement
from tests.agents.factories import AbsenceFactory, AgentFactory, SiteFactory, StructureFactory

JOUR = datetime.date(2026, 11, 24)
UN_JOUR = datetime.timedelta(days=1)


class SignalementFactory(factory.django.DjangoModelFactory[Signalement]):
    """A report, new."""

    class Meta:
        model = Signalement

    numero = factory.Sequence(lambda n: f"S-2026-{n + 1:04d}")
    survenu_le = JOUR - UN_JOUR
    lieu = "Marché municipal, halle 2"
    intitule = "Sol glissant devant les étals"
    recit = "Le sol est glissant devant les étals de poisson depuis ce matin."
    gravite = Gravite.SERIEUSE
    recu_le = factory.LazyAttribute(
        lambda s: timezone.make_aware(datetime.datetime.combine(s.survenu_le, datetime.time(8, 12)))
    )
    qualifier_avant = factory.LazyAttribute(lambda s: s.survenu_le + 3 * UN_JOUR)


class AccidentFactory(factory.django.DjangoModelFactory[Accident]):
    """An accident of service without leave."""

    class Meta:
        model = Accident

    numero = factory.Sequence(lambda n: f"AT-2026-{n + 1:04d}")
    agent = factory.SubFactory(AgentFactory)
    nature = NatureAccident.SERVICE
    date = datetime.date(2026, 10, 15)
    lieu = "Atelier"
    circonstances = "En descendant du camion."


class ActionFactory(factory.django.DjangoModelFactory[Action]):
    """An action to be done."""

    class Meta:
        model = Action

    numero = factory.Sequence(lambda n: f"PA-2026-{n + 1:04d}")
    intitule = "Poser des caillebotis"
    origine = OrigineAction.AUTRE
    creee_le = datetime.date(2026, 10, 1)
    echeance = datetime.date(2026, 12, 31)


def type_absence(famille: str) -> TypeAbsence:
    """The one type of this family."""
    code = 900 + list(FamilleAbsence).index(FamilleAbsence(famille))
    return TypeAbsence.objects.get_or_create(
        code=code, defaults={"libelle": f"Type {famille}", "famille": famille}
    )[0]


def arret(accident: Accident, debut: int, fin: int, lie: bool = True) -> Absence:
    """An absence from `debut` to `fin` days after the accident, linked to it."""
    absence = AbsenceFactory.create(
        agent=accident.agent,
        type=type_absence(FamilleAbsence.ACCIDENT),
        date_debut=accident.date + debut * UN_JOUR,
        date_fin=accident.date + fin * UN_JOUR,
    )
    if lie:
        accident.absences.add(absence)
    return absence


def delai(jours: int = 3) -> Parametre:
    """The delay to qualify."""
    return Parametre.objects.create(
        code="signalements.delai_qualification",
        libelle="Délai",
        valeur=Decimal(jours),
        unite="jours",
        date_effet=datetime.date(2020, 1, 1),
        source="Essai",
        fiabilite="hypothese",
    )


def qualified(**champs: Any) -> Signalement:
    """A qualified report."""
    defauts = {
        "etat": EtatSignalement.QUALIFIE,
        "qualifie_le": JOUR,
        "categorie": "situation",
        "probabilite": 3,
    }
    return SignalementFactory.create(**(defauts | champs))


def make_signalements(nombre: int) -> None:
    """Rows for the list guard, each with a structure, a site, a pilot."""
    structure, site = StructureFactory.create(), SiteFactory.create()
    Signalement.objects.bulk_create(
        SignalementFactory.build_batch(nombre, structure=structure, site=site), batch_size=500
    )


def make_accidents(nombre: int) -> None:
    """Rows for the list guard, each with an absence."""
    structure = StructureFactory.create()
    agents = Agent.objects.bulk_create(AgentFactory.build_batch(nombre, structure=structure, poste=None))
    accidents = Accident.objects.bulk_create(
        AccidentFactory.build(agent=agent, structure=structure) for agent in agents
    )
    genre = type_absence(FamilleAbsence.ACCIDENT)
    absences = Absence.objects.bulk_create(
        Absence(agent=a.agent, type=genre, date_debut=a.date + UN_JOUR, date_fin=a.date + 9 * UN_JOUR)
        for a in accidents
    )
    liens = Accident.absences.through
    liens.objects.bulk_create(
        liens(accident_id=a.pk, absence_id=b.pk) for a, b in zip(accidents, absences, strict=True)
    )


def make_actions(nombre: int) -> None:
    """Rows for the list guard."""
    structure = StructureFactory.create()
    Action.objects.bulk_create(ActionFactory.build_batch(nombre, structure=structure))
