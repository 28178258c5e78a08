"""Dates: ends of months, leap years, working days, periods."""

import datetime
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nouvea_sst.lib.dates import (
    Periode,
    add_months,
    is_working_day,
    join_periods,
    next_working_day,
    years_between,
)


@pytest.mark.parametrize(
    ("jour", "mois", "attendu"),
    [
        (date(2026, 11, 24), 12, date(2027, 11, 24)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
    ],
)
def test_add_months(jour, mois, attendu):
    assert add_months(jour, mois) == attendu


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.integers(-120, 120))
def test_add_months_lands_in_the_right_month(jour, mois):
    vise = add_months(jour, mois)
    assert (vise.year * 12 + vise.month) - (jour.year * 12 + jour.month) == mois
    assert vise.day <= jour.day


@pytest.mark.parametrize(
    ("naissance", "jour", "age"),
    [
        (date(1974, 11, 24), date(2026, 11, 23), 51),
        (date(1974, 11, 24), date(2026, 11, 24), 52),
        (date(2000, 2, 29), date(2026, 2, 28), 25),
        (date(2000, 2, 29), date(2026, 3, 1), 26),
    ],
)
def test_years_between(naissance, jour, age):
    assert years_between(naissance, jour) == age


def test_working_days_skip_weekends_and_days_off():
    feries = {date(2026, 9, 24)}
    assert not is_working_day(date(2026, 9, 24), feries)
    assert next_working_day(date(2026, 9, 24), feries) == date(2026, 9, 25)
    assert next_working_day(date(2026, 9, 26), feries) == date(2026, 9, 28)


def test_period_refuses_an_end_before_its_start():
    with pytest.raises(ValueError, match="précède"):
        Periode(date(2026, 2, 1), date(2026, 1, 31))


@pytest.mark.parametrize(
    ("debut", "fin", "jours"),
    [
        (date(2025, 12, 30), date(2026, 1, 2), 2),
        (date(2026, 6, 30), date(2026, 7, 4), 1),
        (date(2026, 7, 1), date(2026, 7, 4), 0),
        (date(2025, 1, 1), date(2027, 1, 1), 181),
    ],
)
def test_days_shared_with_a_period(debut, fin, jours):
    assert Periode(date(2026, 1, 1), date(2026, 6, 30)).days_in(debut, fin) == jours


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 400),
    st.integers(-400, 400),
    st.integers(0, 400),
)
def test_days_shared_as_one_would_count_them(debut, duree, ecart, autre):
    periode = Periode(debut, debut + datetime.timedelta(duree))
    a = debut + datetime.timedelta(ecart)
    b = a + datetime.timedelta(autre)
    compte = sum(periode.debut <= a + datetime.timedelta(n) <= periode.fin for n in range(autre + 1))
    assert periode.days_in(a, b) == compte


def test_year_before_keeps_the_end_of_the_month():
    assert Periode(date(2026, 1, 1), date(2026, 6, 30)).year_before() == Periode(
        date(2025, 1, 1), date(2025, 6, 30)
    )
    assert Periode(date(2025, 1, 1), date(2025, 2, 28)).year_before() == Periode(
        date(2024, 1, 1), date(2024, 2, 29)
    )
    assert Periode(date(2028, 2, 1), date(2028, 2, 29)).year_before() == Periode(
        date(2027, 2, 1), date(2027, 2, 28)
    )


def test_months_of_a_period():
    assert list(Periode(date(2025, 11, 30), date(2026, 2, 1)).months()) == [
        (2025, 11),
        (2025, 12),
        (2026, 1),
        (2026, 2),
    ]


def test_one_day_apart_keeps_two_periods():
    fevrier, mars = Periode(date(2028, 2, 28), date(2028, 2, 28)), Periode(date(2028, 3, 1), date(2028, 3, 1))
    assert join_periods([mars, fevrier]) == [fevrier, mars]
    assert join_periods([Periode(date(2028, 2, 29), date(2028, 2, 29)), mars, fevrier]) == [
        Periode(date(2028, 2, 28), date(2028, 3, 1))
    ]


bornees = st.builds(
    lambda debut, duree: Periode(debut, debut + datetime.timedelta(days=duree)),
    st.dates(date(2027, 12, 1), date(2028, 3, 31)),
    st.integers(0, 30),
)


@given(st.lists(bornees, max_size=8))
def test_joined_periods_are_apart_and_hold_the_same_days(periodes):
    def listed(suite):
        return {p.debut.toordinal() + n for p in suite for n in range(p.jours)}

    jointes = join_periods(periodes)
    assert all(un.fin + datetime.timedelta(days=1) < deux.debut for un, deux in pairwise(jointes))
    assert listed(jointes) == listed(periodes)
