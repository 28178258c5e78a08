"""Sessions and points."""

import datetime

import factory

from commissions.enums import EtatSeance
from commissions.models import PointOrdreDuJour, Seance

JOUR = datetime.date(2026, 11, 24)


class SeanceFactory(factory.django.DjangoModelFactory[Seance]):
    """A session of the CHCT being prepared."""

    class Meta:
        model = Seance

    numero = factory.Sequence(lambda n: n + 1)
    date = datetime.date(2026, 12, 8)
    heure = datetime.time(8, 30)
    lieu = "Salle du conseil"
    etat = EtatSeance.PREPAREE


class PointFactory(factory.django.DjangoModelFactory[PointOrdreDuJour]):
    """A point."""

    class Meta:
        model = PointOrdreDuJour

    seance = factory.SubFactory(SeanceFactory)
    ordre = factory.Sequence(lambda n: n + 1)
    intitule = factory.Sequence(lambda n: f"Point {n + 1}")


def agenda(*intitules: str) -> Seance:
    """A session with these points in this order."""
    seance = SeanceFactory.create()
    for ordre, intitule in enumerate(intitules, start=1):
        PointFactory.create(seance=seance, ordre=ordre, intitule=intitule)
    return seance


def titles(seance: Seance) -> list[str]:
    """The points' titles in their order, which must run from 1 to n."""
    points = list(seance.points.order_by("ordre", "pk"))
    assert [p.ordre for p in points] == list(range(1, len(points) + 1))
    return [p.intitule for p in points]


def make_seances(nombre: int) -> None:
    """Rows for the list guard, each with two points."""
    premier = Seance.objects.next_number("chct")
    seances = Seance.objects.bulk_create(
        SeanceFactory.build(numero=premier + rang, date=JOUR + datetime.timedelta(days=rang + 1))
        for rang in range(nombre)
    )
    PointOrdreDuJour.objects.bulk_create(
        PointOrdreDuJour(seance=s, ordre=rang, intitule="Point") for s in seances for rang in (1, 2)
    )
