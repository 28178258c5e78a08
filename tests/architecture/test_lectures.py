"""A GET writes nothing but its consultation line."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction

from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.comptes.models import Utilisateur
from tests.architecture.ecritures import written_tables
from tests.architecture.verifs_urls import routes
from tests.gardes.base import ensure_roles
from tests.listes import listes_testees

pytestmark = pytest.mark.django_db
LECTURES = {route.nom: route for route in routes() if not route.parametres}


@pytest.mark.parametrize("nom", LECTURES)
def test_get_writes_nothing(client_de, nom):
    client = client_de("coordinateur")
    for definition in listes_testees().values():
        definition.fabrique(2)
    with written_tables() as ecrites:
        reponse = client.get(LECTURES[nom].adresse)
    assert reponse.status_code != 500
    assert ecrites == set()


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
