"""Which alerts the absences of an agent raise on a day, and how often they were right."""

import datetime
from decimal import Decimal

import pytest

from agents.enums import RegleAlerte
from agents.rules.alertes import Reglage, Reglages, days_until, find_alertes
from agents.rules.chaines import Maillon, build_chaines
from agents.rules.droits_maladie import Droits, Part, Solde, window_of
from agents.rules.precision import Precision, end_of_quarter, last_quarters, name_quarter

D = datetime.date
JOUR = D(2026, 11, 24)
REGLAGES = Reglages(
    avant=Reglage(15),
    seuils=(Reglage(30), Reglage(60), Reglage(90)),
    nombre=Reglage(4),
    mois=Reglage(12),
    courte=Reglage(5),
)


def leaves(*periodes, tolerance=0):
    """Chains of these periods, of one kind."""
    maillons = [Maillon(rang, *dates, 81, "maladie", True) for rang, dates in enumerate(periodes)]
    return build_chaines(maillons, tolerance)


def since(jours):
    """A leave of so many days on the day."""
    return leaves((JOUR - datetime.timedelta(days=jours - 1), D(2026, 12, 31)))


FONCTIONNAIRE = Droits(90, 270)


def balance(plein, demi, droits=FONCTIONNAIRE):
    """A clock with so much left."""
    pris = Part(Decimal(droits.plein - plein), Decimal(droits.demi - demi))
    return Solde(
        JOUR, window_of(JOUR), droits, pris, dernier_plein=D(2026, 11, 9), dernier_paye=D(2026, 11, 20)
    )


def found(chaines, solde=None, jour=JOUR):
    return [(c.regle, c.seuil) for c in find_alertes(jour, chaines, solde, REGLAGES)]


@pytest.mark.parametrize("jours, seuil", [(29, None), (30, 30), (59, 30), (60, 60), (90, 90), (400, 90)])
def test_highest_threshold_passed_alone_holds(jours, seuil):
    assert found(since(jours)) == ([(RegleAlerte.SEUIL, seuil)] if seuil else [])


def test_leave_that_ended_raises_nothing():
    assert found(leaves((D(2026, 8, 1), D(2026, 11, 23)))) == []


def test_days_to_come_do_not_count_and_a_gap_neither():
    (chaine,) = leaves((D(2026, 11, 1), D(2026, 11, 10)), (D(2026, 11, 12), D(2026, 12, 31)), tolerance=1)
    assert days_until(chaine, JOUR) == 23


@pytest.mark.parametrize(
    "solde, regle, limite",
    [
        (balance(16, 270), None, None),
        (balance(15, 270), RegleAlerte.FIN_PLEIN, D(2026, 12, 9)),
        (balance(0, 270), RegleAlerte.FIN_PLEIN, D(2026, 11, 9)),
        (balance(0, 15), RegleAlerte.FIN_DEMI, D(2026, 12, 9)),
        (balance(5, 10), RegleAlerte.FIN_DEMI, D(2026, 12, 9)),
        (balance(0, 0), RegleAlerte.FIN_DEMI, D(2026, 11, 20)),
        (balance(10, 0, Droits(15, 0)), RegleAlerte.FIN_PLEIN, D(2026, 12, 4)),
        (balance(0, 0, Droits(0, 0)), None, None),
    ],
)
def test_end_of_pay_is_told_before_it_comes(solde, regle, limite):
    constats = find_alertes(JOUR, since(3), solde, REGLAGES)
    assert [(c.regle, c.limite) for c in constats] == ([(regle, limite)] if regle else [])


def short(*debuts, jours=2):
    return leaves(*((d, d + datetime.timedelta(days=jours - 1)) for d in debuts))


QUATRE = (D(2026, 1, 10), D(2026, 4, 10), D(2026, 7, 10), D(2026, 10, 10))


def test_fourth_short_absence_in_a_year_makes_a_series():
    assert found(short(*QUATRE[1:])) == []
    assert found(short(*QUATRE)) == [(RegleAlerte.REPETEES, 0)]
    assert found(short(*QUATRE, jours=6)) == []


def test_series_keeps_its_occasion_as_long_as_it_lasts_and_ends_with_the_months():
    (serie,) = find_alertes(JOUR, short(*QUATRE), None, REGLAGES)
    (plus_tard,) = find_alertes(JOUR, short(*QUATRE, D(2026, 11, 20)), None, REGLAGES)
    assert serie.occasion == plus_tard.occasion == D(2026, 10, 10)
    assert find_alertes(D(2027, 1, 10), short(*QUATRE), None, REGLAGES) == []


def test_series_that_begins_again_is_another_occasion():
    suite = (D(2027, 6, 1), D(2027, 6, 20), D(2027, 7, 20), D(2027, 8, 20))
    (serie,) = find_alertes(D(2027, 9, 1), short(*QUATRE, *suite), None, REGLAGES)
    # On 1 June two were left of the year before: with three more the series begins on 20 June.
    assert serie.occasion == D(2027, 6, 20)


def test_each_alert_carries_its_proof():
    for constat in find_alertes(JOUR, since(40), balance(3, 270), REGLAGES):
        assert constat.preuve["regle"] and constat.preuve["calcul"] and constat.preuve["faits"]


def test_precision_counts_what_was_decided():
    ligne = Precision(D(2026, 10, 1), "seuil", 10, 3, traitees=2, justes=1, fausses=1, caduques=3)
    assert ligne.taux == 75
    assert Precision(D(2026, 10, 1), "seuil", 3, 3, 0, 0, 0, 0).taux is None


def test_quarters():
    assert last_quarters(JOUR)[:2] == [D(2026, 10, 1), D(2026, 7, 1)]
    assert end_of_quarter(D(2026, 10, 1)) == D(2026, 12, 31)
    assert [name_quarter(D(2026, m, 1)) for m in (1, 10)] == ["1er trimestre 2026", "4e trimestre 2026"]
