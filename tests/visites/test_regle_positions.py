"""Positions that overlap: one a day, the one that began last, and the proof says which it covers."""

import datetime
import random

import pytest

from tests.visites.regles import JOUR, D, answer
from visites.rules.bareme import Position
from visites.rules.positions import lay_out, position_on

UN = datetime.timedelta(days=1)


def active(debut, fin=None):
    return Position(debut, fin, "01", "Activité", True, True)


def away(debut, fin=None):
    return Position(debut, fin, "53", "Disponibilité", False, False)


def test_back_at_work_before_the_end_of_a_leave_he_is_followed_and_the_proof_says_why():
    reponse = answer(positions=[away(D(2024, 1, 1), D(2027, 6, 30)), active(D(2026, 9, 1))])
    assert reponse.exclusion is None
    retour = next(due for due in reponse.dues if due.regle.code == "position")
    assert retour.fait_le == D(2026, 9, 1)
    for due in reponse.dues:
        assert "Activité, du 01/09/2026 l’emporte" in str(due.preuve["faits"])
        assert "Disponibilité, du 01/01/2024 au 30/06/2027" in str(due.preuve["faits"])


def test_gone_before_the_end_of_his_activity_he_is_not_and_the_proof_says_why():
    reponse = answer(positions=[active(D(2015, 1, 1)), away(D(2026, 9, 1))])
    assert reponse.dues == []
    assert reponse.exclusion["exclusion"] == "hors_effectif"
    assert "Disponibilité, du 01/09/2026 l’emporte" in str(reponse.exclusion["faits"])


def test_a_leave_within_an_activity_ends_with_a_return():
    reponse = answer(positions=[active(D(2015, 1, 1)), away(D(2024, 1, 1), D(2026, 9, 30))])
    assert reponse.exclusion is None
    assert [due.fait_le for due in reponse.dues if due.regle.code == "position"] == [D(2026, 10, 1)]


def test_positions_that_follow_each_other_cover_nothing():
    suite = [away(D(2024, 1, 1), D(2026, 8, 31)), active(D(2026, 9, 1))]
    assert lay_out(suite) is suite
    assert "recouvrent" not in str([due.preuve for due in answer(positions=suite).dues])


@pytest.mark.parametrize("graine", range(20))
def test_laid_out_they_give_each_day_the_position_that_began_last(graine):
    """Property, against a reading day by day."""
    hasard = random.Random(graine)  # noqa: S311
    positions = []
    for _ in range(hasard.randint(1, 6)):
        debut = JOUR + datetime.timedelta(days=hasard.randint(0, 60))
        fin = None if hasard.random() < 0.2 else debut + datetime.timedelta(days=hasard.randint(0, 40))
        positions.append(hasard.choice([active, away])(debut, fin))
    positions.sort(key=lambda p: p.debut)
    posees = lay_out(positions)
    assert all(a.fin is not None and a.fin < b.debut for a, b in zip(posees, posees[1:], strict=False))
    for rang in range(130):
        jour = JOUR + rang * UN
        naif = [p for p in positions if p.debut <= jour and (p.fin is None or p.fin >= jour)]
        tenue = position_on(posees, jour)
        assert (tenue and tenue.code) == (naif[-1].code if naif else None)
