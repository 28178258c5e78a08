"""Roles are there in every test, append-only tables are emptied between transactional ones."""

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction

from nouvea_sst.comptes.actions import sync_roles
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import LigneJournal
from tests.fabriques import compte


def defer_job():
    """Put a job in the queue, past procrastinate."""
    with connection.cursor() as curseur:
        curseur.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('essai', 'essai', '{}')"
        )


def count_jobs():
    """Jobs in the queue."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT count(*) FROM procrastinate_jobs")
        return curseur.fetchone()[0]


@pytest.mark.django_db
def test_roles_are_synced_without_journal_line():
    assert sync_roles(acteur=None) == 0
    assert Group.objects.count() == 12
    assert compte("medecin").has_perm("visites.record_avis")
    assert not LigneJournal.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("sql", ["TRUNCATE comptes_lignejournal", "DELETE FROM comptes_lignejournal"])
def test_journal_refuses_to_be_emptied_inside_a_test(sql):
    record_act(acteur=None, acte="essai.essai")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(sql)


@pytest.mark.parametrize("passage", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_transactional_test_finds_an_empty_house(passage):
    assert (LigneJournal.objects.count(), count_jobs()) == (0, 0)
    assert compte("chef").groups.get().name == "chef"
    record_act(acteur=None, acte="essai.essai")
    defer_job()


@pytest.mark.django_db(transaction=True)
def test_triggers_are_armed_again_after_a_flush():
    connection.ops.execute_sql_flush([f'TRUNCATE "{LigneJournal._meta.db_table}" CASCADE'])
    record_act(acteur=None, acte="essai.essai")
    with pytest.raises(DatabaseError):
        LigneJournal.objects.all().delete()
