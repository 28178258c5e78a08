"""Days lost: the day of the accident does not count, no day counts twice, periods are cut."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signalements.rules.jours import all_days_lost, days_lost, days_to_come, follows_accident, has_leave

D = datetime.date
ACCIDENT = D(2026, 3, 10)
ANNEE = (D(2026, 1, 1), D(2026, 12, 31))


@pytest.mark.parametrize(
    "absences, attendus",
    [
        ([], 0),
        ([(ACCIDENT, ACCIDENT)], 0),
        ([(ACCIDENT, D(2026, 3, 11))], 1),
        ([(D(2026, 3, 11), D(2026, 3, 11))], 1),
        ([(D(2026, 3, 11), D(2026, 3, 20))], 10),
        # The agent was already absent: only what follows the accident counts.
        ([(D(2026, 3, 1), D(2026, 3, 12))], 2),
        ([(D(2026, 3, 1), D(2026, 3, 9))], 0),
    ],
)
def test_day_of_the_accident_does_not_count(absences, attendus):
    assert days_lost(ACCIDENT, absences, None, *ANNEE) == attendus
    assert has_leave(ACCIDENT, absences, None) is (attendus > 0)


@pytest.mark.parametrize(
    "absences, attendus",
    [
        ([(D(2026, 3, 11), D(2026, 3, 20)), (D(2026, 3, 15), D(2026, 3, 25))], 15),
        ([(D(2026, 3, 11), D(2026, 3, 20)), (D(2026, 3, 11), D(2026, 3, 20))], 10),
        ([(D(2026, 3, 11), D(2026, 3, 31)), (D(2026, 3, 15), D(2026, 3, 16))], 21),
        ([(D(2026, 3, 21), D(2026, 3, 25)), (D(2026, 3, 11), D(2026, 3, 20))], 15),
        ([(D(2026, 3, 11), D(2026, 3, 12)), (D(2026, 4, 1), D(2026, 4, 2))], 4),
    ],
)
def test_overlapping_absences_count_once(absences, attendus):
    assert all_days_lost(ACCIDENT, absences, None) == attendus


@pytest.mark.parametrize(
    "debut, fin, attendus",
    [
        (D(2027, 12, 1), D(2027, 12, 31), 11),
        (D(2028, 1, 1), D(2028, 1, 31), 31),
        (D(2028, 2, 1), D(2028, 2, 29), 29),
        (D(2028, 2, 29), D(2028, 2, 29), 1),
        (D(2028, 3, 1), D(2028, 12, 31), 1),
        (D(2027, 1, 1), D(2027, 12, 20), 0),
        (D(2028, 3, 2), D(2028, 12, 31), 0),
    ],
)
def test_days_count_in_the_period_they_are_lost_in(debut, fin, attendus):
    arret = [(D(2027, 12, 21), D(2028, 3, 1))]
    assert days_lost(D(2027, 12, 20), arret, None, debut, fin) == attendus


def test_typed_days_stand_only_without_absence():
    assert days_lost(ACCIDENT, [], 5, *ANNEE) == 5
    assert days_lost(ACCIDENT, [(D(2026, 3, 11), D(2026, 3, 11))], 5, *ANNEE) == 1
    assert days_lost(ACCIDENT, [(ACCIDENT, ACCIDENT)], 5, *ANNEE) == 0
    assert not has_leave(ACCIDENT, [], 0)
    assert not has_leave(ACCIDENT, [], None)
    assert has_leave(ACCIDENT, [], 1)


def test_typed_days_follow_the_accident_and_are_cut_too():
    veille = D(2026, 12, 30)
    assert days_lost(veille, [], 5, D(2026, 1, 1), D(2026, 12, 31)) == 1
    assert days_lost(veille, [], 5, D(2027, 1, 1), D(2027, 12, 31)) == 4


jours = st.integers(0, 400).map(lambda n: D(2025, 1, 1) + datetime.timedelta(days=n))
couples = st.tuples(jours, st.integers(0, 60)).map(lambda t: (t[0], t[0] + datetime.timedelta(days=t[1])))


@given(date=jours, absences=st.lists(couples, max_size=5), saisis=st.none() | st.integers(0, 40), coupe=jours)
def test_periods_share_the_days_without_loss(date, absences, saisis, coupe):
    lendemain = coupe + datetime.timedelta(days=1)
    avant = days_lost(date, absences, saisis, D(2024, 1, 1), coupe)
    apres = days_lost(date, absences, saisis, lendemain, D(2030, 1, 1))
    assert avant + apres == all_days_lost(date, absences, saisis)


@given(date=jours, absences=st.lists(couples, min_size=1, max_size=5))
def test_days_are_the_distinct_days_after_the_accident(date, absences):
    un = datetime.timedelta(days=1)
    distincts = {d + n * un for d, f in absences for n in range((f - d).days + 1)}
    assert all_days_lost(date, absences, 99) == len([j for j in distincts if j > date])


@pytest.mark.parametrize(
    "absences, suite",
    [
        ([(D(2026, 3, 11), D(2026, 3, 12))], [0]),
        ([(D(2026, 3, 10), D(2026, 3, 12))], [0]),
        ([(D(2026, 3, 12), D(2026, 3, 14))], []),
        ([(D(2026, 3, 11), D(2026, 3, 12)), (D(2026, 3, 13), D(2026, 3, 20))], [0, 1]),
        ([(D(2026, 3, 11), D(2026, 3, 12)), (D(2026, 3, 14), D(2026, 3, 20))], [0]),
        ([(D(2026, 3, 1), D(2026, 3, 10))], []),
    ],
)
def test_absences_that_follow_the_accident(absences, suite):
    assert follows_accident(ACCIDENT, absences) == [absences[rang] for rang in suite]


@pytest.mark.parametrize(
    "jour, a_venir", [(ACCIDENT, 10), (D(2026, 3, 11), 9), (D(2026, 3, 19), 1), (D(2026, 3, 20), 0)]
)
@pytest.mark.parametrize("absences, saisis", [([(D(2026, 3, 11), D(2026, 3, 20))], None), ([], 10)])
def test_a_day_is_to_come_until_it_has_begun(jour, a_venir, absences, saisis):
    assert days_to_come(ACCIDENT, absences, saisis, jour) == a_venir
    assert days_lost(ACCIDENT, absences, saisis, ACCIDENT, jour) == 10 - a_venir
