"""The technical log keeps what broke and drops what the database quotes."""

import logging
import sys

import pytest
from django.conf import settings
from django.db import DataError, IntegrityError, connection, transaction

from nouvea_sst.lib.traces import SansContenu
from tests.signalements.factories import SignalementFactory

RECIT = "Première ligne\n\ndeuxième ligne très personnelle"


def written(erreur):
    """What the log writes of this exception."""
    try:
        raise RuntimeError("une panne") from erreur
    except RuntimeError:
        ligne = logging.makeLogRecord({"msg": "panne %s", "args": ("12",), "exc_info": sys.exc_info()})
    return SansContenu("%(message)s").format(ligne)


@pytest.mark.django_db
def test_row_that_a_constraint_refuses_is_not_quoted():
    with pytest.raises(IntegrityError) as refus, transaction.atomic():
        SignalementFactory.create(numero="illisible", recit=RECIT)
    assert "personnelle" in str(refus.value), "PostgreSQL quotes the row no more: this formatter is vain"
    texte = written(refus.value)
    assert "personnelle" not in texte and "Première" not in texte
    assert "signalements_numero" in texte and "DETAIL: masqué" in texte
    assert texte.endswith("RuntimeError: une panne") and "panne 12" in texte


@pytest.mark.django_db
def test_other_failure_is_told_whole():
    with pytest.raises(DataError) as refus, transaction.atomic(), connection.cursor() as curseur:
        curseur.execute("SELECT 1 / 0")
    assert "division by zero" in written(refus.value)


def test_console_of_the_house_writes_so():
    assert settings.LOGGING["formatters"]["ligne"]["()"] == "nouvea_sst.lib.traces.SansContenu"
    assert {p["formatter"] for p in settings.LOGGING["handlers"].values()} == {"ligne"}
