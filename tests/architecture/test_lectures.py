"""The counter of written tables, by which tests/permissions/test_lectures.py proves what a GET writes."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction

from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.comptes.models import Utilisateur
from tests.architecture.ecritures import written_tables
from tests.gardes.base import ensure_roles

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "ecriture",
    [
        lambda: Group.objects.create(name="essai"),
        lambda: Group.objects.update(name="essai"),
        lambda: Group.objects.filter(name="medecin").delete(),
        lambda: Group.objects.bulk_create([Group(name="essai")]),
    ],
)
def test_written_table_is_reported(ecriture):
    ensure_roles()
    Group.objects.exclude(name="medecin").delete()
    with written_tables() as ecrites:
        ecriture()
    assert "auth_group" in ecrites


def test_write_that_is_taken_back_is_reported():
    with written_tables() as ecrites, transaction.atomic():
        Group.objects.create(name="essai")
        transaction.set_rollback(True)
    assert ecrites == {"auth_group"}


def test_reads_and_consultations_are_left_alone():
    with written_tables() as ecrites:
        record_consultation(acteur=None, acte="essai.essai")
        assert not Utilisateur.objects.exists()
    assert ecrites == set()
