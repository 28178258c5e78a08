"""Hours of a period, default period, twelve rolling months."""

import datetime
from decimal import Decimal

import pytest

from nouvea_sst.lib.dates import Periode
from reporting.rules.periodes import (
    PeriodeRefusee,
    check_period,
    default_period,
    hours_in,
    is_whole_months,
    last_month,
    month_period,
    months_on_offer,
    rolling_years,
)


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
        ("2026-10-31", "2026-01-01", "2026-09-30"),
        ("2026-11-01", "2026-01-01", "2026-10-31"),
        ("2026-01-15", "2025-01-01", "2025-12-31"),
        ("2026-02-01", "2026-01-01", "2026-01-31"),
        ("2024-02-29", "2024-01-01", "2024-01-31"),
        ("2024-03-01", "2024-01-01", "2024-02-29"),
        ("2026-12-31", "2026-01-01", "2026-11-30"),
        ("2027-01-31", "2026-01-01", "2026-12-31"),
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


def test_rolling_year_after_a_leap_day_is_twelve_whole_months():
    assert rolling_years(day("2025-02-28"), 2) == [
        period("2023-03-01", "2024-02-29"),
        period("2024-03-01", "2025-02-28"),
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


@pytest.mark.parametrize(
    "jour, debut, fin",
    [
        ("2026-11-24", "2026-10-01", "2026-10-31"),
        ("2027-01-01", "2026-12-01", "2026-12-31"),
        ("2028-03-01", "2028-02-01", "2028-02-29"),
        ("2028-02-29", "2028-01-01", "2028-01-31"),
    ],
)
def test_last_month_is_over(jour, debut, fin):
    assert last_month(day(jour)) == period(debut, fin)


def test_ten_years_of_months_are_on_offer_latest_first():
    offre = months_on_offer(day("2026-11-24"))
    assert len(offre) == 120
    assert (offre[0], offre[-1]) == (
        period("2026-10-01", "2026-10-31"),
        period("2016-11-01", "2016-11-30"),
    )


@pytest.mark.parametrize(
    "debut, fin, jour",
    [
        ("2026-10-01", "2026-10-31", "2026-11-01"),
        ("2026-12-01", "2026-12-31", "2027-01-01"),
        ("2028-02-01", "2028-02-29", "2028-03-01"),
        ("2027-02-01", "2027-02-28", "2028-03-01"),
        ("2016-11-01", "2026-10-31", "2026-11-24"),
    ],
)
def test_whole_months_that_are_over_are_accepted(debut, fin, jour):
    assert check_period(day(debut), day(fin), day(jour)) == period(debut, fin)


@pytest.mark.parametrize(
    "debut, fin, champ, raison, proche",
    [
        ("2028-02-01", "2028-02-28", "au", "dernier jour d’un mois", ("2028-02-01", "2028-02-29")),
        ("2028-02-02", "2028-02-29", "du", "premier jour d’un mois", ("2028-02-01", "2028-02-29")),
        ("2028-02-29", "2028-02-29", "du", "premier jour d’un mois", ("2028-02-01", "2028-02-29")),
        ("2027-12-01", "2027-12-30", "au", "dernier jour d’un mois", ("2027-12-01", "2027-12-31")),
        ("2028-03-01", "2028-03-31", "du", "fini le 29/02/2028", ("2028-02-01", "2028-02-29")),
        ("2028-01-01", "2028-03-31", "au", "fini le 29/02/2028", ("2028-01-01", "2028-02-29")),
        ("2028-01-01", "2028-03-01", "au", "fini le 29/02/2028", ("2028-01-01", "2028-02-29")),
        ("9999-12-01", "9999-12-31", "du", "fini le 29/02/2028", ("2028-02-01", "2028-02-29")),
        ("0001-01-01", "2028-01-31", "du", "au plus tôt le 01/03/2018", ("2018-03-01", "2028-01-31")),
        ("2018-02-28", "2028-01-31", "du", "au plus tôt le 01/03/2018", ("2018-03-01", "2028-01-31")),
        ("2028-01-31", "2027-12-01", "au", "précède son début", ("2027-12-01", "2028-01-31")),
    ],
)
def test_other_periods_are_refused_and_the_nearest_months_proposed(debut, fin, champ, raison, proche):
    with pytest.raises(PeriodeRefusee, match=raison) as refus:
        check_period(day(debut), day(fin), day("2028-03-31"))
    assert refus.value.champ == champ
    assert refus.value.proche == period(*proche)
    debut, fin = (f"{day(j):%d/%m/%Y}" for j in proche)
    assert f"Mois entiers les plus proches\u202f: du {debut} au {fin}." in str(refus.value)


def test_nothing_is_proposed_that_would_be_refused():
    for jour in ("2028-02-29", "2028-03-01", "2027-12-31", "2028-01-01"):
        with pytest.raises(PeriodeRefusee) as refus:
            check_period(day(jour), day(jour), day(jour))
        proche = refus.value.proche
        assert check_period(proche.debut, proche.fin, day(jour)) == proche
