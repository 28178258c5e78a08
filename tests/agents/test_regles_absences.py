"""Half days, overlaps, impossible entries."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.rules.absences import Arret, check_periode, overlap

D = datetime.date
JOUR = D(2026, 11, 24)


@pytest.mark.parametrize(
    "arret, jours",
    [
        (Arret(D(2026, 3, 1), D(2026, 3, 1)), "1"),
        (Arret(D(2026, 3, 1), D(2026, 3, 1), debut_apres_midi=True), "0.5"),
        (Arret(D(2026, 3, 1), D(2026, 3, 1), fin_matin=True), "0.5"),
        (Arret(D(2026, 3, 1), D(2026, 3, 31), debut_apres_midi=True, fin_matin=True), "30"),
        (Arret(D(2028, 2, 28), D(2028, 3, 1)), "3"),
        (Arret(D(2027, 2, 28), D(2027, 3, 1)), "2"),
        (Arret(D(2025, 12, 31), D(2026, 1, 1)), "2"),
    ],
)
def test_days_of_an_absence(arret, jours):
    assert arret.jours == Decimal(jours)


def test_absences_that_share_a_half_day_overlap():
    un = Arret(D(2026, 3, 1), D(2026, 3, 5))
    assert overlap(un, Arret(D(2026, 3, 5), D(2026, 3, 6)))
    assert not overlap(un, Arret(D(2026, 3, 6), D(2026, 3, 6)))


def test_morning_and_afternoon_of_a_day_do_not_overlap():
    matin = Arret(D(2026, 3, 1), D(2026, 3, 5), fin_matin=True)
    soir = Arret(D(2026, 3, 5), D(2026, 3, 9), debut_apres_midi=True)
    assert not overlap(matin, soir)
    assert overlap(matin, Arret(D(2026, 3, 5), D(2026, 3, 9)))


def test_one_shared_half_day_is_enough_in_either_order():
    journee = Arret(D(2026, 3, 1), D(2026, 3, 5))
    soir = Arret(D(2026, 3, 5), D(2026, 3, 9), debut_apres_midi=True)
    assert overlap(journee, soir)
    assert overlap(soir, journee)


jours = st.dates(D(2024, 1, 1), D(2028, 12, 31))
arrets = st.builds(
    lambda debut, duree: Arret(debut, debut + datetime.timedelta(days=duree)), jours, st.integers(0, 60)
)


@given(arrets, arrets)
def test_overlap_is_the_same_both_ways(un, autre):
    assert overlap(un, autre) == overlap(autre, un)


def faults(arret, embauche=None, depart=None, avance=2):
    return check_periode(arret, jour=JOUR, date_embauche=embauche, date_depart=depart, avance_mois=avance)


def test_entry_is_checked_field_by_field():
    assert faults(Arret(JOUR, JOUR)) == {}
    assert set(faults(Arret(JOUR, D(2026, 11, 23)))) == {"date_fin"}
    assert set(faults(Arret(JOUR, JOUR, debut_apres_midi=True, fin_matin=True))) == {"fin_matin"}


def test_entry_reaches_two_months_ahead_and_no_further():
    assert faults(Arret(D(2027, 1, 24), D(2027, 6, 30))) == {}
    assert set(faults(Arret(D(2027, 1, 25), D(2027, 6, 30)))) == {"date_debut"}


def test_entry_reaches_as_far_as_the_reference_data_says():
    assert set(faults(Arret(D(2027, 1, 24), D(2027, 6, 30)), avance=1)) == {"date_debut"}
    assert faults(Arret(D(2027, 5, 24), D(2027, 6, 30)), avance=6) == {}


def test_entry_stays_within_the_time_of_service():
    assert faults(Arret(JOUR, JOUR), embauche=JOUR, depart=JOUR) == {}
    assert set(faults(Arret(D(2026, 11, 23), JOUR), embauche=JOUR)) == {"date_debut"}
    assert set(faults(Arret(D(2026, 11, 23), JOUR), depart=D(2026, 11, 23))) == {"date_fin"}
