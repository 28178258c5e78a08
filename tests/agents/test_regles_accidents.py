"""Days of incapacity and ties of the leaves of accidents (sirh.md §3.3)."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.rules.absences import Arret
from agents.rules.accidents import check_accident, count_itt

D = datetime.date
JOUR = D(2026, 11, 24)


def itt(debut, fin, *, suite=False, sans_arret=False, date_accident=None):
    return count_itt(Arret(debut, fin), suite=suite, sans_arret=sans_arret, date_accident=date_accident)


@pytest.mark.parametrize(
    "debut, fin, jours",
    [
        (D(2026, 3, 1), D(2026, 3, 10), 9),
        (D(2026, 3, 1), D(2026, 3, 1), 0),
        (D(2028, 2, 28), D(2028, 3, 1), 2),
        (D(2027, 2, 28), D(2027, 3, 1), 1),
        (D(2026, 12, 31), D(2027, 1, 31), 31),
    ],
)
def test_the_day_of_the_accident_is_not_counted(debut, fin, jours):
    assert itt(debut, fin) == itt(debut, fin, date_accident=debut) == jours
    # one more when it lies before the leave, or when there is none: a relapse, a prolongation
    assert itt(debut, fin, date_accident=debut - datetime.timedelta(days=1)) == jours + 1
    assert itt(debut, fin, suite=True) == jours + 1


@given(st.dates(D(2024, 1, 1), D(2028, 12, 31)), st.integers(0, 400), st.booleans())
def test_without_leave_no_day_counts(debut, duree, suite):
    assert itt(debut, debut + datetime.timedelta(days=duree), suite=suite, sans_arret=True) == 0


def faults(debut=None, **faits):
    autres = {
        "rechute": False,
        "prolongation": False,
        "debut_accident": None,
        "date_accident": None,
        "dates_prises": set(),
    }
    return set(check_accident(Arret(debut or D(2026, 11, 2), D(2026, 11, 20)), jour=JOUR, **(autres | faits)))


def test_a_relapse_belongs_to_an_accident_that_came_before():
    assert faults(rechute=True) == {"accident"}
    assert faults(rechute=True, debut_accident=D(2026, 11, 3)) == {"accident"}
    assert faults(rechute=True, debut_accident=D(2026, 11, 2)) == set()


def test_an_accident_belongs_to_no_other():
    assert faults(debut_accident=D(2026, 3, 2)) == {"accident"}
    assert faults(debut_accident=D(2026, 3, 2), prolongation=True) == set()


def test_an_accident_is_past_and_before_its_leave():
    assert faults(date_accident=D(2026, 11, 2)) == set()
    assert faults(date_accident=D(2026, 11, 3)) == {"date_accident"}
    assert faults(debut=D(2026, 12, 2), date_accident=JOUR + datetime.timedelta(days=1)) == {"date_accident"}
    assert faults(debut=D(2026, 12, 2), date_accident=JOUR) == set()


def test_an_agent_has_one_accident_a_day_but_for_its_prolongations():
    prise = {"date_accident": D(2026, 11, 2), "dates_prises": {D(2026, 11, 2)}}
    assert faults(**prise) == {"date_accident"}
    assert faults(**prise, prolongation=True) == set()
