"""Chains of absences: what follows on, and as many days as counted one half day after the other."""

import datetime
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.rules.chaines import Maillon, build_all, build_chaines

D = datetime.date
JOUR = datetime.timedelta(days=1)
TYPES = {
    71: ("maladie", True),
    76: ("longue", True),
    77: ("accident", False),
    78: ("accident", False),
    79: ("professionnelle", False),
    80: ("enfant", False),
    81: ("maladie", True),
}


def stop(pk, debut, fin, code=81, apres_midi=False, matin=False, accident=None):
    return Maillon(pk, debut, fin, code, *TYPES[code], apres_midi, matin, accident)


def pks(chaines):
    return [[m.pk for m in chaine.maillons] for chaine in chaines]


def test_successive_certificates_cumulate_over_the_months():
    suite = [
        stop(3, D(2026, 12, 31), D(2027, 1, 31)),
        stop(1, D(2026, 10, 16), D(2026, 10, 31)),
        stop(2, D(2026, 11, 1), D(2026, 12, 30)),
    ]
    (chaine,) = build_chaines(suite)
    assert (chaine.debut, chaine.fin, chaine.jours) == (D(2026, 10, 16), D(2027, 1, 31), 108)
    assert pks([chaine]) == [[1, 2, 3]]
    assert (chaine.familles, chaine.types) == ({"maladie"}, {81})


@pytest.mark.parametrize(
    "annee, tolerance, chaines", [(2027, 0, 1), (2028, 0, 2), (2028, 1, 1), (2028, 2, 1), (2028, 3, 1)]
)
def test_the_29th_of_february_is_a_day_of_work_or_a_tolerated_one(annee, tolerance, chaines):
    suite = build_chaines(
        [stop(1, D(annee, 2, 28), D(annee, 2, 28)), stop(2, D(annee, 3, 1), D(annee, 3, 1))], tolerance
    )
    assert len(suite) == chaines
    assert sum(c.jours for c in suite) == 2  # the tolerated day itself is no day of absence


def test_kinds_that_prolong_each_other_make_one_leave():
    suite = [
        stop(1, D(2026, 3, 1), D(2026, 3, 10), 71),
        stop(2, D(2026, 3, 11), D(2026, 3, 20), 81),
        stop(3, D(2026, 3, 21), D(2026, 6, 20), 76),
    ]
    (chaine,) = build_chaines(suite)
    assert chaine.jours == 112
    assert chaine.familles == {"maladie", "longue"}


def test_an_accident_followed_by_an_illness_makes_two_leaves_and_their_own_continue():
    suite = [
        stop(1, D(2026, 3, 1), D(2026, 3, 10), 77),
        stop(2, D(2026, 3, 11), D(2026, 3, 12), 81),
        stop(3, D(2026, 3, 13), D(2026, 3, 20), 81),
        stop(4, D(2026, 3, 20), D(2026, 3, 22), 77, accident=1),
    ]
    assert pks(build_chaines(suite)) == [[1], [2, 3], [4]]
    assert [c.debut for c in build_chaines(suite)] == [D(2026, 3, 1), D(2026, 3, 11), D(2026, 3, 20)]


def test_two_kinds_side_by_side_do_not_break_each_other():
    suite = [
        stop(1, D(2026, 3, 1), D(2026, 3, 10), 77),
        stop(2, D(2026, 3, 5), D(2026, 3, 12), 81),
        stop(3, D(2026, 3, 11), D(2026, 3, 20), 78, accident=1),
        stop(4, D(2026, 3, 13), D(2026, 3, 15), 71),
    ]
    assert pks(build_chaines(suite)) == [[1, 3], [2, 4]]


def test_a_relapse_follows_its_own_accident_only():
    un = stop(1, D(2026, 3, 1), D(2026, 3, 10), 77)
    assert len(build_chaines([un, stop(2, D(2026, 3, 11), D(2026, 3, 12), 78, accident=1)])) == 1
    assert len(build_chaines([un, stop(2, D(2026, 3, 11), D(2026, 3, 12), 78, accident=9)])) == 2
    assert len(build_chaines([un, stop(2, D(2026, 3, 12), D(2026, 3, 12), 78, accident=1)])) == 2


def test_a_stop_may_tie_two_chains():
    # the relapse is of the first accident and of the kind of the second one's relapse
    suite = [
        stop(1, D(2026, 3, 1), D(2026, 3, 20), 77),
        stop(2, D(2026, 3, 2), D(2026, 3, 20), 78, accident=9),
        stop(3, D(2026, 3, 21), D(2026, 3, 22), 78, accident=1),
    ]
    assert pks(build_chaines(suite)) == [[1, 2, 3]]


def test_an_afternoon_follows_the_morning_of_its_day():
    matin = stop(1, D(2026, 3, 1), D(2026, 3, 5), matin=True)
    (chaine,) = build_chaines([stop(2, D(2026, 3, 5), D(2026, 3, 9), apres_midi=True), matin])
    assert chaine.jours == 9
    (chaine,) = build_chaines([stop(2, D(2026, 3, 6), D(2026, 3, 9)), matin])
    assert chaine.jours == Decimal("8.5")


def test_days_entered_twice_count_once():
    suite = [stop(1, D(2026, 3, 1), D(2026, 3, 30)), stop(2, D(2026, 3, 5), D(2026, 3, 9))]
    suite.append(stop(3, D(2026, 3, 31), D(2026, 3, 31)))
    (chaine,) = build_chaines(suite)
    assert (chaine.jours, chaine.fin) == (31, D(2026, 3, 31))


def test_none_makes_none():
    assert build_chaines([]) == []
    assert build_all([]) == {}


def halves(m):
    return range(2 * m.debut.toordinal() + m.debut_apres_midi, 2 * m.fin.toordinal() + 2 - m.fin_matin)


def may_follow(un, autre):
    if un.type == autre.type or (un.prolonge and autre.prolonge):
        return True
    accidents = {m.accident or m.pk for m in (un, autre)}
    return un.famille == autre.famille == "accident" and len(accidents) == 1


def days_apart(un, autre):
    """Whole days between two stops, counted one after the other."""
    premier, second = sorted((un, autre), key=lambda m: (m.debut, m.debut_apres_midi))
    entre, jour = 0, premier.fin + JOUR
    while jour < second.debut:
        entre, jour = entre + 1, jour + JOUR
    return entre


def count_by_hand(maillons, tolerance):
    """Every pair compared, every half day listed."""
    groupe = {m.pk: {m.pk} for m in maillons}
    for un, autre in combinations(maillons, 2):
        if may_follow(un, autre) and days_apart(un, autre) <= tolerance:
            ensemble = groupe[un.pk] | groupe[autre.pk]
            groupe |= dict.fromkeys(ensemble, ensemble)
    attendu = set()
    for ensemble in groupe.values():
        siens = [m for m in maillons if m.pk in ensemble]
        demis = {demi for m in siens for demi in halves(m)}
        bornes = min(m.debut for m in siens), max(m.fin for m in siens)
        attendu.add((frozenset(ensemble), *bornes, Decimal(len(demis)) / 2))
    return attendu


BORDS = [D(2026, 12, 28), D(2027, 2, 25), D(2028, 2, 25), D(2028, 4, 28), D(2028, 12, 29)]
brut = st.tuples(
    st.sampled_from(BORDS),
    st.integers(0, 12),
    st.integers(0, 5),
    st.sampled_from(sorted(TYPES)),
    st.booleans(),
    st.booleans(),
    st.none() | st.integers(1, 4),
)


@st.composite
def leaves(draw):
    suite = []
    for pk, (bord, decalage, duree, code, pm, matin, accident) in enumerate(
        draw(st.lists(brut, max_size=9)), start=1
    ):
        debut = bord + decalage * JOUR
        matin = matin and not (pm and not duree)
        lie = accident if TYPES[code][0] == "accident" and accident != pk else None
        suite.append(stop(pk, debut, debut + duree * JOUR, code, pm, matin, lie))
    return suite


@given(leaves(), st.integers(0, 3), st.randoms())
def test_chains_are_those_counted_half_day_by_half_day(suite, tolerance, hasard):
    obtenues = build_chaines(suite, tolerance)
    assert {
        (frozenset(m.pk for m in c.maillons), c.debut, c.fin, c.jours) for c in obtenues
    } == count_by_hand(suite, tolerance)
    assert [c.debut for c in obtenues] == sorted(c.debut for c in obtenues)
    melangee = list(suite)
    hasard.shuffle(melangee)
    assert build_chaines(melangee, tolerance) == obtenues


@given(st.lists(leaves(), max_size=4), st.integers(0, 3))
def test_the_city_at_once_is_each_agent_alone(agents, tolerance):
    lignes = [(*m, agent) for agent, suite in enumerate(agents) for m in sorted(suite, key=lambda m: m.debut)]
    ensemble = build_all(lignes, tolerance)
    assert set(ensemble) == {agent for agent, suite in enumerate(agents) if suite}
    for agent, suite in enumerate(agents):
        seul = [(c.maillons, c.jours) for c in build_chaines(suite, tolerance)]
        assert [(c.maillons, c.jours) for c in ensemble.get(agent, [])] == seul
