"""Hours of a period, default period, twelve rolling months."""

import datetime
from decimal import Decimal

import pytest

from nouvea_sst.lib.dates import Periode
from reporting.rules.periodes import default_period, hours_in, is_whole_months, month_period, rolling_years


def day(texte):
    return datetime.date.fromisoformat(texte)


def period(debut, fin):
    return Periode(day(debut), day(fin))


HEURES = {(2024, 1): Decimal(3100), (2024, 2): Decimal(2900), (2024, 3): Decimal(3100)}


@pytest.mark.parametrize(
    "debut, fin, attendu",
    [
        ("2024-01-01", "2024-03-31", 9100),
        ("2024-02-01", "2024-02-29", 2900),
        ("2024-02-29", "2024-02-29", 100),
        ("2024-01-31", "2024-02-01", 200),
        ("2024-02-15", "2024-03-10", 1500 + 1000),
    ],
)
def test_hours_of_a_month_cut_by_the_period_count_by_its_days(debut, fin, attendu):
    assert hours_in(period(debut, fin), HEURES).heures == attendu


def test_one_month_without_hours_leaves_the_whole_unknown():
    heures = hours_in(period("2024-01-15", "2024-05-02"), HEURES)
    assert heures.heures is None
    assert heures.mois_manquants == ((2024, 4), (2024, 5))


@pytest.mark.parametrize(
    "jour, debut, fin",
    [
        ("2026-11-24", "2026-01-01", "2026-10-31"),
        ("2026-10-31", "2026-01-01", "2026-10-31"),
        ("2026-01-15", "2025-01-01", "2025-12-31"),
        ("2026-02-01", "2026-01-01", "2026-01-31"),
        ("2024-02-29", "2024-01-01", "2024-02-29"),
        ("2026-12-31", "2026-01-01", "2026-12-31"),
    ],
)
def test_default_period_is_the_year_in_whole_months(jour, debut, fin):
    assert default_period(day(jour)) == period(debut, fin)


def test_rolling_years_touch_and_keep_the_end_of_the_month():
    annees = rolling_years(day("2024-02-29"), 3)
    assert annees == [
        period("2021-03-01", "2022-02-28"),
        period("2022-03-01", "2023-02-28"),
        period("2023-03-01", "2024-02-29"),
    ]


def test_rolling_year_within_a_month():
    assert rolling_years(day("2026-11-24"), 1) == [period("2025-11-25", "2026-11-24")]


@pytest.mark.parametrize(
    "debut, fin, entiers",
    [
        ("2026-01-01", "2026-02-28", True),
        ("2026-01-02", "2026-02-28", False),
        ("2024-02-01", "2024-02-28", False),
    ],
)
def test_whole_months(debut, fin, entiers):
    assert is_whole_months(period(debut, fin)) is entiers


def test_month_period_in_february():
    assert month_period(2028, 2).jours == 29
