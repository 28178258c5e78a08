"""Sick-leave rights: every step of the city's worked examples, windows, leap days, stops entered late."""

import csv
import datetime
import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from agents.rules.droits_maladie import (
    SANS_DROITS,
    ArretMaladie,
    Droits,
    balance_on,
    count_rights,
    seniority,
    window_of,
)
from nouvea_sst.lib.dates import Periode

D = datetime.date
EXEMPLES = Path(__file__).parent / "donnees" / "droits_maladie_exemples.csv"
ORIGINAL = settings.BASE_DIR.parent / "shared" / "data" / "absences" / "vdn_droits_maladie_exemples_SFD.csv"
LIGNES = list(csv.DictReader(EXEMPLES.read_text(encoding="utf8").splitlines()))
CADRE = Droits(90, 270)


def stop(debut, jours, droits=CADRE, fin=None):
    return ArretMaladie(debut, fin or debut + datetime.timedelta(days=jours - 1), Decimal(jours), droits)


def read_line(ligne):
    """The stops of a step of the file, and what the file expects of its own."""
    essai = ligne["periode_essai"] == "1"
    droits = Droits(int(ligne["droits_plein_salaire"]), int(ligne["droits_demi_salaire"]))
    droits = SANS_DROITS if essai else droits
    dates = [*json.loads(ligne["arrets_anterieurs"])]
    dates.append([ligne["date_debut"], ligne["date_fin"], ligne["duree_jours"]])
    arrets = [
        ArretMaladie(D.fromisoformat(d), D.fromisoformat(f), Decimal(str(j)), droits) for d, f, j in dates
    ]
    attendu = {c.removeprefix("attendu_"): int(v) for c, v in ligne.items() if c.startswith("attendu_")}
    return arrets, attendu


def test_the_worked_examples_are_all_there():
    assert len(LIGNES) == 21


def test_the_copy_is_that_of_the_shared_file():
    if not ORIGINAL.is_file():
        pytest.skip("../shared/data is not on this machine")
    assert ORIGINAL.read_bytes() == EXEMPLES.read_bytes()


@pytest.mark.parametrize("ligne", LIGNES, ids=lambda ligne: f"{ligne['cas']}-{ligne['etape']}")
def test_each_step_of_the_worked_examples(ligne):
    arrets, attendu = read_line(ligne)
    (compte,) = [c for c in count_rights(arrets, perte_totale=364) if c.arret is arrets[-1]]
    assert {
        "total_pris": compte.total_pris,
        "reste_plein": compte.reste_plein,
        "reste_demi": compte.reste_demi,
        "coupe_plein": compte.part.sans,
        "coupe_demi": compte.part.demi,
        "droits_plein": compte.arret.droits.plein,
        "droits_demi": compte.arret.droits.demi,
    } == attendu


@pytest.mark.parametrize(
    "jour, debut",
    [
        (D(2026, 11, 24), D(2025, 11, 25)),
        (D(2024, 2, 29), D(2023, 3, 1)),
        (D(2024, 2, 28), D(2023, 3, 1)),
        (D(2025, 2, 28), D(2024, 2, 29)),
        (D(2025, 3, 1), D(2024, 3, 2)),
        (D(2026, 1, 1), D(2025, 1, 2)),
    ],
)
def test_rolling_year(jour, debut):
    assert window_of(jour) == Periode(debut, jour)


@pytest.mark.parametrize(
    "dernier, compte", [(D(2025, 11, 24), 1), (D(2025, 11, 25), 2), (D(2025, 11, 27), 4)]
)
def test_stop_across_the_start_of_the_window_counts_for_its_days_in_it(dernier, compte):
    ancien = stop(dernier - datetime.timedelta(days=9), 10)
    nouveau = stop(D(2026, 11, 24), 1)
    assert count_rights([ancien, nouveau])[-1].total_pris == compte


def test_stop_across_the_window_gives_back_its_full_pay_first():
    """Ten days of which four in full: what is left of it in the window are the days by half."""
    petit = Droits(4, 10)
    ancien = stop(D(2025, 11, 20), 10, petit)  # to the 29th; five days from the 25th on
    dernier = count_rights([ancien, stop(D(2026, 11, 24), 6, petit)])[-1]
    assert (dernier.part.plein, dernier.part.demi, dernier.total_pris) == (4, 2, 11)
    assert dernier.reste_demi == 3


def test_stop_entered_late_moves_those_after_it():
    petit = Droits(10, 5)
    mars = stop(D(2026, 3, 1), 8, petit)
    seul = count_rights([mars])[0]
    assert (seul.part.plein, seul.reste_plein) == (8, 2)
    janvier, apres = count_rights([mars, stop(D(2026, 1, 1), 6, petit)])
    assert (janvier.part.plein, janvier.total_pris) == (6, 6)
    assert (apres.part.plein, apres.part.demi, apres.reste_plein, apres.reste_demi) == (4, 4, 0, 1)


def test_from_364_days_on_a_stop_is_not_paid():
    suite = [stop(D(2025, 1, 1), 180), stop(D(2025, 6, 30), 170), stop(D(2025, 12, 17), 14)]
    assert [c.part.sans for c in count_rights(suite, 364)] == [0, 0, 14]
    assert [c.part.sans for c in count_rights(suite)] == [0, 0, 4]


def test_half_days_count_as_such():
    arret = ArretMaladie(D(2026, 3, 1), D(2026, 3, 2), Decimal("1.5"), Droits(1, 1))
    (compte,) = count_rights([arret])
    assert (compte.part.plein, compte.part.demi) == (1, Decimal("0.5"))


def test_clock_stops_at_the_day():
    en_cours = stop(D(2026, 11, 1), 100, Droits(30, 30))
    solde = balance_on(D(2026, 11, 24), count_rights([en_cours]), Droits(30, 30))
    assert (solde.pris.plein, solde.reste_plein, solde.reste_demi) == (24, 6, 30)
    plus_tard = balance_on(D(2026, 12, 10), count_rights([en_cours]), Droits(30, 30))
    assert (plus_tard.pris.plein, plus_tard.pris.demi, plus_tard.reste_demi) == (30, 10, 20)


@pytest.mark.parametrize(
    "fin_du_premier, dernier_plein",
    # In the year that ends on 1 October 2026 the first stop took 45 days of the ninety, or 59.
    [(D(2025, 11, 15), D(2026, 11, 14)), (D(2025, 11, 29), D(2026, 10, 31))],
)
def test_clock_of_a_stop_under_way_is_its_own_account(fin_du_premier, dernier_plein):
    """Days of the year before that leave the window while the stop lasts give nothing back to it."""
    premier = stop(D(2025, 10, 1), (fin_du_premier - D(2025, 10, 1)).days + 1)
    comptes = count_rights([premier, stop(D(2026, 10, 1), 92)])
    assert comptes[-1].part.plein == (dernier_plein - D(2026, 9, 30)).days
    for rang in range(92):
        jour = D(2026, 10, 1) + datetime.timedelta(days=rang)
        solde = balance_on(jour, comptes, CADRE)
        assert solde.reste_plein == max(0, (dernier_plein - jour).days)
        assert solde.droits.plein - solde.pris.plein == solde.reste_plein
    assert (solde.reste_plein, solde.reste_demi) == (comptes[-1].reste_plein, comptes[-1].reste_demi)
    assert balance_on(D(2027, 1, 1), comptes, CADRE).fenetre == window_of(D(2027, 1, 1))


def test_stop_under_way_keeps_the_rights_of_its_first_day():
    comptes = count_rights([stop(D(2026, 11, 1), 60, Droits(30, 60))])
    assert balance_on(D(2026, 11, 24), comptes, Droits(45, 75)).reste_plein == 6


def test_stop_under_way_that_is_not_paid_leaves_nothing():
    suite = [stop(D(2025, 1, 1), 180), stop(D(2025, 6, 30), 170), stop(D(2025, 12, 17), 14)]
    solde = balance_on(D(2025, 12, 20), count_rights(suite, 364), Droits(90, 300))
    assert (solde.reste_plein, solde.reste_demi) == (0, 0)


@pytest.mark.parametrize(
    "jour, hors, annees",
    [
        (D(2026, 3, 1), [], 0),
        (D(2026, 3, 2), [], 1),
        (D(2028, 3, 2), [], 3),
        (D(2028, 3, 2), [Periode(D(2026, 1, 1), D(2026, 1, 1))], 2),
        (D(2028, 3, 3), [Periode(D(2026, 1, 1), D(2026, 1, 1))], 3),
        (D(2028, 3, 2), [Periode(D(2020, 1, 1), D(2024, 1, 1))], 3),
        (D(2024, 1, 1), [], 0),
    ],
)
def test_seniority_from_the_last_hire_without_personal_leave(jour, hors, annees):
    assert seniority(jour, D(2025, 3, 3), hors) == annees


def test_seniority_of_who_was_hired_on_a_day_that_nobody_knows():
    assert seniority(D(2026, 1, 1), None) is None


@given(
    st.lists(st.tuples(st.integers(0, 800), st.integers(1, 60)), max_size=12),
    st.builds(Droits, st.integers(0, 100), st.integers(0, 300)),
)
def test_nobody_gets_more_than_his_rights_in_any_window(tirages, droits):
    arrets, libre = [], D(2023, 12, 1)
    for ecart, jours in tirages:
        libre += datetime.timedelta(days=ecart)
        arrets.append(stop(libre, jours, droits))
        libre += datetime.timedelta(days=jours)
    comptes = count_rights(arrets)
    for compte in comptes:
        assert compte.part.total == compte.arret.jours
        assert 0 <= compte.reste_plein <= droits.plein and 0 <= compte.reste_demi <= droits.demi
        # On its first day the rolling year holds no more than the rights.
        solde = balance_on(compte.arret.debut, comptes, droits)
        assert solde.pris.plein <= droits.plein and solde.pris.demi <= droits.demi
