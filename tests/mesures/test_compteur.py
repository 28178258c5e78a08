"""What counts as a statement, for the measure and for every test that counts."""

import pytest
from django.db import connection, transaction

from nouvea_sst.mesures import Compteur

pytestmark = pytest.mark.django_db


def ask():
    with connection.cursor() as curseur:
        curseur.execute("SELECT 1")


def fail_inside():
    with transaction.atomic():
        ask()
        raise RuntimeError


def words(compteur):
    return [" ".join(texte.split()[:-1]) if "SAVEPOINT" in texte else texte for texte in compteur.textes]


def test_the_page_s_own_transaction_is_not_counted():
    """Inside a test's transaction it is a savepoint: in the house, a BEGIN and a COMMIT."""
    with Compteur() as sql:
        with transaction.atomic():
            ask()
        ask()
        with transaction.atomic():
            ask()
    assert (len(sql), sql.textes) == (3, ["SELECT 1"] * 3)


def test_a_savepoint_within_it_is_counted():
    with Compteur() as sql, transaction.atomic():
        with transaction.atomic():
            ask()
        ask()
    assert words(sql) == ["SAVEPOINT", "SELECT 1", "RELEASE SAVEPOINT", "SELECT 1"]


def test_a_way_back_is_counted_where_its_savepoint_is_and_closes_it_once():
    with Compteur() as sql:
        with pytest.raises(RuntimeError):
            fail_inside()
        with transaction.atomic():
            with pytest.raises(RuntimeError):
                fail_inside()
            ask()
        ask()
    assert words(sql) == [
        "SELECT 1",
        "SAVEPOINT",
        "SELECT 1",
        "ROLLBACK TO SAVEPOINT",
        "RELEASE SAVEPOINT",
        "SELECT 1",
        "SELECT 1",
    ]


def test_nothing_is_counted_before_or_after():
    ask()
    with Compteur() as sql:
        pass
    ask()
    assert (len(sql), str(sql)) == (0, "")
