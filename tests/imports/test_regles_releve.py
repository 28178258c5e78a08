"""When the nightly feed passes, and beyond what a file waits."""

import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from nouvea_sst.imports.rules.releve import Mesure, Seuils, next_passage, reasons_to_wait

NOUMEA = ZoneInfo("Pacific/Noumea")


def at(texte):
    return datetime.datetime.fromisoformat(texte).replace(tzinfo=NOUMEA)


@pytest.mark.parametrize(
    "maintenant, derniere, attendu",
    [
        ("2026-11-24 02:50", "2026-11-23 03:30", "2026-11-24 03:30"),
        ("2026-11-24 03:40", "2026-11-23 03:30", "2026-11-24 03:30"),
        ("2026-11-24 03:40", "2026-11-24 03:30", "2026-11-25 03:30"),
        # The worker was off: as soon as it can.
        ("2026-11-24 02:00", "2026-11-22 03:30", "2026-11-23 03:30"),
        ("2026-11-24 11:00", None, "2026-11-24 03:30"),
    ],
)
def test_hour_of_the_next_passage(maintenant, derniere, attendu):
    passe = at(derniere) if derniere else None
    assert next_passage(at(maintenant), Decimal("3.5"), passe) == at(attendu)


SEUILS = Seuils(minimum=20, refus=5, changements=30, partants=5, reduction=10)


@pytest.mark.parametrize(
    "mesure, nombre",
    [
        (Mesure(1000, 0, 0, 0, 0, 0), 0),
        # A first file may create everybody; the next one may not.
        (Mesure(1000, 1000, 0, 0, 0, 0), 0),
        (Mesure(1000, 1000, 0, 0, 0, 1000), 1),
        # At the threshold, and in small numbers, nothing waits.
        (Mesure(1000, 0, 300, 50, 50, 1000), 0),
        (Mesure(1000, 0, 301, 51, 51, 1000), 3),
        (Mesure(3, 0, 3, 3, 3, 20), 0),
        (Mesure(900, 0, 0, 0, 0, 1000), 0),
        (Mesure(899, 0, 0, 0, 0, 1000), 1),
    ],
)
def test_thresholds(mesure, nombre):
    assert len(reasons_to_wait(mesure, SEUILS)) == nombre
