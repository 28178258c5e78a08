"""Which change of what an account answers for lets it read more."""

import datetime

import pytest

from agents.rules.portee import Tenue, widens
from nouvea_sst.comptes.enums import Portee
from tests.agents.factories import JOUR

UN = datetime.timedelta(days=1)
TOUS, EQUIPE, SOI, AUCUNE = Portee.TOUS, Portee.EQUIPE, Portee.SOI, Portee.AUCUNE
A, B = {"collectivite": 1}, {"collectivite": 2}
S, T = {"structure": 1}, {"structure": 2}


def held(objet, debut=-9, fin=None):
    """What is held from a day to a day, counted from today."""
    return Tenue(JOUR + debut * UN, None if fin is None else JOUR + fin * UN, **objet)


@pytest.mark.parametrize("portee", Portee)
def test_a_structure_is_given_by_two_and_ended_by_one_whatever_the_role(portee):
    assert widens(portee, [], [held(S)], JOUR)
    assert widens(portee, [held(S)], [held(S), held(T)], JOUR)
    assert not widens(portee, [held(S), held(T)], [held(S)], JOUR)
    assert not widens(portee, [held(S)], [], JOUR)


@pytest.mark.parametrize("portee", [EQUIPE, SOI, AUCUNE])
def test_a_collectivite_is_as_a_structure_where_the_role_does_not_reach_everybody(portee):
    assert widens(portee, [], [held(A)], JOUR)
    assert widens(portee, [held(A)], [held(A), held(B)], JOUR)
    assert not widens(portee, [held(A), held(B)], [held(B)], JOUR)
    assert not widens(portee, [held(A)], [], JOUR)


def test_where_the_role_reaches_everybody_the_first_takes_away_and_the_last_gives():
    assert not widens(TOUS, [], [held(A)], JOUR)
    assert widens(TOUS, [held(A)], [held(A), held(B)], JOUR)
    assert not widens(TOUS, [held(A), held(B)], [held(A)], JOUR)
    assert widens(TOUS, [held(A)], [], JOUR)
    assert widens(TOUS, [held(A)], [held(B)], JOUR)


@pytest.mark.parametrize(
    "avant, apres, attendu",
    [
        ([], [held(A, fin=5)], False),
        ([held(A)], [held(A), held(B, debut=3)], True),
        ([held(A, fin=2)], [held(A, fin=2), held(B, debut=3)], False),
        ([held(A, fin=2)], [held(A, fin=2), held(B, debut=2)], True),
        ([held(A), held(B, fin=3)], [held(B, fin=3)], True),
        ([held(A, fin=3), held(B)], [held(B)], False),
        ([held(A, debut=4)], [], True),
        ([held(A, fin=5)], [held(A, fin=4)], True),
        ([held(A, fin=0)], [], True),
        ([held(A, fin=-1)], [], False),
        ([held(A)], [held(A), held(B, fin=-1)], False),
    ],
)
def test_each_day_to_come_counts_and_no_day_past(avant, apres, attendu):
    assert widens(TOUS, avant, apres, JOUR) is attendu


@pytest.mark.parametrize(
    "avant, apres, attendu",
    [
        ([], [held(S, fin=-1)], False),
        ([], [held(S, fin=0)], True),
        ([], [held(S, debut=30)], True),
        ([held(S, fin=3)], [held(S, fin=3), held(S, debut=4)], True),
        ([held(S)], [held(S), held(S, debut=-20)], False),
    ],
)
def test_a_structure_counts_on_each_of_its_days(avant, apres, attendu):
    assert widens(EQUIPE, avant, apres, JOUR) is attendu
