"""Numbers, amounts, dates and delays as French readers expect them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from nouvea_sst.lib import affichage as a

JOUR = date(2026, 11, 24)


@pytest.mark.parametrize(
    "value, decimals, written",
    [
        (0, None, "0"),
        (999, None, "999"),
        (1612, None, "1\u202f612"),
        (12_500_000, None, "12\u202f500\u202f000"),
        (-110_000, None, "\u2212110\u202f000"),
        (12.3, None, "12,3"),
        (13.0, None, "13"),
        (12.25, 1, "12,3"),
        (15, 1, "15,0"),
        (Decimal("6.80"), None, "6,80"),
        (0.2, 2, "0,20"),
        (None, None, ""),
        (float("nan"), None, ""),
    ],
)
def test_number(value, decimals, written):
    assert a.format_number(value, decimals) == written


def test_amount_has_no_cents_and_keeps_its_unit():
    assert a.format_xpf(312_000) == "312\u202f000\u00a0XPF"
    assert a.format_xpf(Decimal("1200.5")) == "1\u202f201\u00a0XPF"
    assert a.format_xpf(None) == ""


def test_percent():
    assert a.format_percent(88, 0) == "88\u202f%"
    assert a.format_percent(6.83) == "6,8\u202f%"


@pytest.mark.parametrize(
    "day, form, written",
    [
        (JOUR, "", "24/11/2026"),
        (JOUR, "court", "24/11"),
        (JOUR, "jour", "mar. 24"),
        (JOUR, "mois", "novembre 2026"),
        (JOUR, "long", "mardi 24 novembre 2026"),
        (date(2026, 8, 1), "lettre", "1er août 2026"),
        (date(2026, 8, 1), "long", "samedi 1er août 2026"),
        (None, "long", ""),
    ],
)
def test_date(day, form, written):
    assert a.format_date(day, form) == written


def test_a_moment_is_told_in_noumea():
    evening_in_utc = datetime(2026, 11, 23, 23, 52, tzinfo=UTC)
    assert a.format_date(evening_in_utc) == "24/11/2026"
    assert a.format_date(evening_in_utc, "moment") == "24/11/2026 à 10:52"
    assert a.format_date(evening_in_utc, "heure") == "10:52"


def test_an_unknown_form_is_refused():
    with pytest.raises(ValueError):
        a.format_date(JOUR, "joli")
    with pytest.raises(ValueError):
        a.format_date(JOUR, "heure")


@pytest.mark.parametrize(
    "day, written",
    [
        (date(2026, 11, 24), "aujourd’hui"),
        (date(2026, 11, 25), "demain"),
        (date(2026, 11, 23), "hier"),
        (date(2026, 11, 30), "dans 6 jours"),
        (date(2026, 11, 20), "il y a 4 jours"),
        (date(2026, 10, 15), "il y a 40 jours"),
        (date(2027, 5, 26), "dans 6 mois"),
        (date(2022, 10, 11), "il y a 4 ans"),
        (None, ""),
    ],
)
def test_relative(day, written):
    assert a.relative(day, JOUR) == written


@pytest.mark.parametrize(
    "count, forms, ending",
    [(0, "s", ""), (1, "s", ""), (1.5, "s", ""), (2, "s", "s"), (1, "al,aux", "al"), (3, "al,aux", "aux")],
)
def test_plural_begins_at_two(count, forms, ending):
    assert a.plural(count, forms) == ending


def test_count_of():
    assert a.count_of(0, "visite") == "0 visite"
    assert a.count_of(1612, "agent") == "1\u202f612 agents"
    assert a.count_of(2, "travail,travaux") == "2 travaux"


@pytest.mark.parametrize(
    "day, state, words",
    [
        (date(2026, 11, 23), a.EtatEcheance.RETARD, "1 j de retard"),
        (date(2026, 11, 24), a.EtatEcheance.BIENTOT, "ce jour"),
        (date(2026, 12, 9), a.EtatEcheance.BIENTOT, "dans 15 j"),
        (date(2026, 12, 10), a.EtatEcheance.A_VENIR, "dans 16 j"),
        (date(2025, 11, 24), a.EtatEcheance.RETARD, "365 j de retard"),
        (date(2025, 11, 23), a.EtatEcheance.RETARD, "12 mois de retard"),
        (date(1998, 8, 8), a.EtatEcheance.RETARD, "28 ans de retard"),
        (date(2029, 1, 1), a.EtatEcheance.A_VENIR, "dans 2 ans"),
    ],
)
def test_due_date_is_late_from_the_first_day_after_and_soon_fifteen_days_before(day, state, words):
    assert a.describe_due(day, JOUR) == (state, words)


@pytest.mark.parametrize(
    "nom, ecrit",
    [
        ("Anaïs Kaloi", "d’Anaïs Kaloi"),
        ("ÉLOI Jean", "d’ÉLOI Jean"),
        ("Œuvrard", "d’Œuvrard"),
        ("Hélène", "d’Hélène"),
        ("HYACINTHE", "d’HYACINTHE"),
        ("Hnaweu", "de Hnaweu"),
        ("Yves", "d’Yves"),
        ("Yann", "de Yann"),
        ("Yéyé", "de Yéyé"),
        ("Y", "de Y"),
        ("H", "de H"),
        ("Mme Anaïs KALOI", "de Mme Anaïs KALOI"),
        ("Waikata", "de Waikata"),
        ("", "de "),
    ],
)
def test_de_is_elided_before_a_vowel_or_a_mute_h(nom, ecrit):
    assert a.de(nom) == ecrit
