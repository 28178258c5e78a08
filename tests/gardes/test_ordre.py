"""Rows whose order nobody asked for come in another order each time, the same one for the same test."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db.models import Count

from tests.gardes.ordre import tirage

pytestmark = pytest.mark.django_db

SANS_ORDRE = {
    "all": lambda: list(Group.objects.all()),
    "filter": lambda: list(Group.objects.filter(pk__gt=0)),
    "slice": lambda: list(Group.objects.all()[:6]),
    "iterator": lambda: list(Group.objects.iterator()),
    "values_list": lambda: list(Group.objects.values_list("name", flat=True)),
    "group_by": lambda: list(Group.objects.values("name").annotate(n=Count("permissions"))),
    "distinct": lambda: list(Group.objects.distinct()),
    "union": lambda: list(Group.objects.filter(pk__gt=3).union(Group.objects.filter(pk__lte=3))),
    "order_removed": lambda: list(Permission.objects.order_by()),
    "prefetch": lambda: list(Permission.objects.prefetch_related("group_set").first().group_set.all()),
}


def drawn(graine, lecture):
    """Read with a seed of its own."""
    tirage.begin(graine, actif=True)
    return lecture()


@pytest.mark.parametrize("nom", [nom for nom in SANS_ORDRE if nom != "prefetch"])
def test_unordered_rows_are_shuffled(nom):
    ordres = {str(drawn(f"graine {n}", SANS_ORDRE[nom])) for n in range(5)}
    assert len(ordres) > 1


@pytest.mark.parametrize("nom", SANS_ORDRE)
def test_same_seed_gives_the_same_order(nom):
    assert drawn("graine", SANS_ORDRE[nom]) == drawn("graine", SANS_ORDRE[nom])


def test_rows_are_all_there():
    assert {g.pk for g in Group.objects.all()} == {g.pk for g in Group.objects.order_by("pk")}


def test_asked_order_is_kept():
    noms = [drawn(f"graine {n}", lambda: [g.name for g in Group.objects.order_by("name")]) for n in range(3)]
    assert noms == [sorted(noms[0])] * 3


def test_queryset_stays_unordered_for_what_is_built_on_it():
    groupes = Group.objects.all()
    list(groupes)
    assert not groupes.ordered
    assert list(groupes.order_by("pk")) == list(Group.objects.order_by("pk"))


def test_get_count_and_exists_work(django_assert_num_queries):
    with django_assert_num_queries(3):
        groupe = Group.objects.get(name="medecin")
        assert Group.objects.filter(pk=groupe.pk).exists()
        assert Group.objects.count() == 12


@pytest.mark.ordre_libre
def test_marker_leaves_the_order_alone():
    tables = {str(list(Group.objects.all())) for _ in range(5)}
    assert len(tables) == 1
