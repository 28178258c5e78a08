"""One leave of several kinds: which days count as illness, over which gaps, and each day once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.visites.regles import AT, JOUR, MALADIE, MATERNITE, MP, NOMS, UN, D, answer, dues, stop

DEBUT = D(2026, 8, 1)


def the_return(**faits):
    [due] = [d for d in answer(**faits).dues if d.cle.startswith("arret:")]
    return due


def fact(due, libelle):
    return next((f["valeur"] for f in due.preuve["faits"] if f["libelle"] == libelle), "")


@pytest.mark.parametrize("type", [MATERNITE, MP])
def test_days_of_maternity_or_occupational_disease_are_no_days_of_illness(type):
    for premier, second in ((type, MALADIE), (MALADIE, type)):
        jours = (102, 10) if premier == type else (10, 102)
        arrets = [stop(DEBUT, jours[0], premier), stop(DEBUT + jours[0] * UN, jours[1], second)]
        due = the_return(arrets=arrets, jour=D(2026, 11, 24))
        assert NOMS[due.motif] == "reprise"
        assert fact(due, "Absence") == "du 01/08/2026 au 20/11/2026, 112 jours en 2 arrêts"


def test_a_long_illness_after_maternity_counts_its_own_days_and_says_so():
    due = the_return(arrets=[stop(D(2026, 6, 1), 112, MATERNITE), stop(D(2026, 9, 21), 40)])
    assert NOMS[due.motif] == "reprise_maladie"
    assert fact(due, "Jours comptés par la règle") == "40 jours"
    assert "demande toujours une visite" in fact(due, "Vaut aussi pour")


def test_maternity_between_two_illnesses_does_not_add_them_up():
    arrets = [stop(D(2026, 6, 1), 20), stop(D(2026, 6, 21), 80, MATERNITE), stop(D(2026, 9, 9), 20)]
    assert NOMS[the_return(arrets=arrets).motif] == "reprise"


@pytest.mark.parametrize("tolerance, trou, motif", [(0, 1, None), (1, 1, "reprise_maladie"), (1, 2, None),
                                                    (2, 2, "reprise_maladie")])  # fmt: skip
def test_the_tolerated_gap_holds_from_one_kind_to_another(tolerance, trou, motif):
    arrets = [stop(DEBUT, 15, AT), stop(DEBUT + (15 + trou) * UN, 20)]
    fin = DEBUT + (15 + trou + 19) * UN
    attendu = [(motif, fin + 2 * UN)] if motif else []
    assert dues(arrets=arrets, tolerance=tolerance) == attendu


def test_a_day_that_two_stops_of_two_kinds_hold_counts_once():
    arrets = [stop(D(2026, 10, 1), 20, AT), stop(D(2026, 10, 5), 21)]
    due = the_return(arrets=arrets)
    assert NOMS[due.motif] == "reprise_accident"
    assert fact(due, "Absence") == "du 01/10/2026 au 25/10/2026, 25 jours en 2 arrêts"


def days(arrets, *types):
    return {a.debut + n * UN for a in arrets if a.type in types for n in range((a.fin - a.debut).days + 1)}


def runs(jours, tolerance):
    """Day by day: the days of each run, in order; a gap of the tolerance parts none."""
    suites = []
    for jour in sorted(jours):
        if suites and (jour - suites[-1][-1]).days - 1 <= tolerance:
            suites[-1].append(jour)
        else:
            suites.append([jour])
    return suites


def naive(arrets, tolerance):
    """The return of each leave: motive, last day, days absent; each stop, then each run, day by day."""
    trouvees = []
    for conge in runs(days(arrets, MALADIE, AT, MATERNITE, MP), tolerance):
        dedans = [a for a in arrets if conge[0] <= a.debut <= conge[-1]]
        a_part = days(dedans, MATERNITE, MP)
        malade = days(dedans, MALADIE)
        nombres = [len(s) for s in runs(malade - a_part, tolerance)]
        for suite in runs(days(dedans, MALADIE, AT), tolerance):
            if malade & set(suite):
                nombres.append(len(set(suite) - a_part))
        for suite in runs(malade, tolerance):
            nombres.append(len(set(suite) - a_part))
        if any(n >= 90 for n in nombres):
            motif = "reprise_longue_maladie"
        elif any(30 < n < 90 for n in nombres):
            motif = "reprise_maladie"
        elif any(len(s) > 15 for s in runs(days(dedans, AT), tolerance)):
            motif = "reprise_accident"
        elif a_part:
            motif = "reprise"
        else:
            continue
        trouvees.append((motif, conge[-1], len(conge)))
    return trouvees


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 200), st.integers(1, 70), st.sampled_from([MALADIE, AT, MATERNITE, MP])),
        max_size=7,
    ),
    st.integers(0, 3),
)
def test_same_returns_as_day_by_day_over_kinds_gaps_and_overlaps(arrets, tolerance):
    lus = [stop(JOUR - 300 * UN + n * UN, jours, type, pk=rang)
           for rang, (n, jours, type) in enumerate(arrets, 1)]  # fmt: skip
    reponse = answer(arrets=lus, tolerance=tolerance, embauche=D(2010, 1, 1), regles={"prereprise": None})
    lues = [d for d in reponse.dues if d.cle.startswith("arret:")]
    assert sorted((d.fait_le, NOMS[d.motif]) for d in lues) == [
        (fin, motif) for motif, fin, _ in naive(lus, tolerance)
    ]
    for due, (_, _, nombre) in zip(sorted(lues, key=lambda d: d.fait_le), naive(lus, tolerance), strict=True):
        assert f", {nombre} jours" in fact(due, "Absence")
