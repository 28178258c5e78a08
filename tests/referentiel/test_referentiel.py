"""Dated values: the one in force, each with its source; loading twice adds nothing."""

import datetime
from decimal import Decimal

import pytest

from nouvea_sst.referentiel.actions import load_jours_feries, load_parametres
from nouvea_sst.referentiel.models import JourFerie, Parametre
from tests.fabriques import compte

pytestmark = pytest.mark.django_db


def test_value_in_force_is_the_latest_that_has_begun():
    for date_effet, valeur in (("2020-01-01", 60), ("2026-07-01", 48), ("2027-01-01", 36)):
        Parametre.objects.create(
            code="x",
            libelle="x",
            valeur=valeur,
            unite="mois",
            date_effet=date_effet,
            source="s",
            fiabilite="texte",
        )
    for jour, attendu in (
        ("2019-12-31", []),
        ("2026-06-30", [60]),
        ("2026-07-01", [48]),
        ("2030-01-01", [36]),
    ):
        en_vigueur = Parametre.objects.in_force(datetime.date.fromisoformat(jour))
        assert [p.valeur for p in en_vigueur] == attendu


def test_loading_twice_adds_nothing_and_keeps_what_was_typed():
    premiers = load_parametres(acteur=None)
    assert premiers == Parametre.objects.count() > 0
    code = "visites.periodicite.simple"
    Parametre.objects.filter(code=code).update(valeur=Decimal(50))
    assert load_parametres(acteur=None) == 0
    assert Parametre.objects.get(code=code).valeur == 50


def test_each_value_says_where_it_comes_from_and_how_sure_it_is():
    load_parametres(acteur=None)
    for parametre in Parametre.objects.all():
        assert parametre.source
        assert parametre.get_fiabilite_display()


def test_citizenship_day_is_a_holiday():
    assert load_jours_feries(acteur=None, annees=range(2026, 2027)) == 12
    assert load_jours_feries(acteur=None, annees=range(2026, 2027)) == 0
    assert JourFerie.objects.get(date="2026-09-24").libelle == "Fête de la Citoyenneté"
    jours = JourFerie.objects.between(datetime.date(2026, 4, 1), datetime.date(2026, 5, 31))
    assert {datetime.date(2026, 4, 6), datetime.date(2026, 5, 14), datetime.date(2026, 5, 25)} <= jours


def test_reference_data_is_hidden_from_those_who_do_not_need_it():
    load_parametres(acteur=None)
    assert Parametre.objects.visible_to(compte("chef")).exists()
    assert not Parametre.objects.visible_to(compte("agent")).exists()
