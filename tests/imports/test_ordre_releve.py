"""The order in which the feed applies the files of one target: the day in the name, else the file's own."""

import datetime
import os
from zoneinfo import ZoneInfo

import pytest

from agents.models import Agent
from nouvea_sst.imports.actions import run_releve
from nouvea_sst.imports.models import Import
from nouvea_sst.imports.rules.partants import find_day
from tests.imports.chargement import take_back
from tests.imports.fichiers import BOULA, make_csv

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)
NOUMEA = ZoneInfo("Pacific/Noumea")


@pytest.fixture
def depots(tmp_path, settings):
    """A watched folder where every file is whole at once."""
    settings.DEPOTS, settings.DEPOTS_REPOS = tmp_path / "depots", 0
    settings.DEPOTS.mkdir()
    return settings.DEPOTS


def drop(depots, nom, prenom, moment=None):
    (depots / nom).write_bytes(make_csv([[*BOULA[:2], prenom, *BOULA[3:]]]))
    if moment is not None:
        instant = moment.timestamp()
        os.utime(depots / nom, (instant, instant))


def at(jour, heure):
    return datetime.datetime(2026, 11, jour, heure, tzinfo=NOUMEA)


def applied():
    return list(Import.objects.order_by("applique_le").values_list("nom_fichier", flat=True))


@pytest.mark.parametrize("simuler", [True, False])
def test_the_day_in_the_name_decides_not_the_alphabet(depots, simuler):
    drop(depots, "agents_24-10-2026.csv", "Octobre", at(24, 9))
    drop(depots, "agents_23-11-2026.csv", "Novembre", at(24, 8))
    fichiers = run_releve(acteur=None, jour=JOUR, simuler=simuler).fichiers
    assert [f.nom for f in fichiers] == ["agents_24-10-2026.csv", "agents_23-11-2026.csv"]
    if not simuler:
        assert applied() == ["agents_24-10-2026.csv", "agents_23-11-2026.csv"]
        assert Agent.objects.get().prenom == "Novembre"


def test_without_a_day_in_the_name_the_time_of_the_file_decides(depots):
    # Half past midnight in Nouméa is still the day before in UTC.
    drop(depots, "agents_a.csv", "Dernière", at(23, 0))
    drop(depots, "agents_b_22-11-2026.csv", "Du milieu", at(20, 8))
    drop(depots, "agents_z.csv", "Première", at(22, 0) - datetime.timedelta(hours=1))
    run_releve(acteur=None, jour=JOUR)
    assert applied() == ["agents_z.csv", "agents_b_22-11-2026.csv", "agents_a.csv"]
    assert Agent.objects.get().prenom == "Dernière"


def test_of_one_day_the_name_decides(depots):
    drop(depots, "agents_2026-11-20_2.csv", "Seconde", at(20, 8))
    drop(depots, "agents_2026-11-20_1.csv", "Première", at(20, 9))
    run_releve(acteur=None, jour=JOUR)
    assert applied() == ["agents_2026-11-20_1.csv", "agents_2026-11-20_2.csv"]


def test_an_older_day_that_comes_after_a_newer_one_waits_and_holds_nothing_back(depots):
    drop(depots, "agents_2026-11-20.csv", "Vendredi")
    run_releve(acteur=None, jour=JOUR)
    drop(depots, "agents_2026-11-19.csv", "Jeudi")
    (fichier,) = run_releve(acteur=None, jour=JOUR).fichiers
    assert fichier.issue == "attente"
    assert fichier.motif == (
        "Ce fichier est du 19/11/2026 et celui du 20/11/2026 est déjà appliqué : l’appliquer remettrait des "
        "valeurs plus anciennes"
    )
    assert Agent.objects.get().prenom == "Vendredi"
    drop(depots, "agents_2026-11-21.csv", "Samedi")
    drop(depots, "agents_2026-11-20_bis.csv", "Vendredi soir")
    issues = {f.nom: f.issue for f in run_releve(acteur=None, jour=JOUR).fichiers}
    assert issues == {"agents_2026-11-20_bis.csv": "applique", "agents_2026-11-21.csv": "applique"}
    assert Agent.objects.get().prenom == "Samedi"


def test_a_newer_import_taken_back_lets_the_older_day_in(depots):
    drop(depots, "agents_2026-11-20.csv", "Vendredi")
    run_releve(acteur=None, jour=JOUR)
    take_back(Import.objects.get())
    drop(depots, "agents_2026-11-19.csv", "Jeudi")
    assert [f.issue for f in run_releve(acteur=None, jour=JOUR).fichiers] == ["applique"]


def test_a_passage_cut_short_keeps_the_order(depots):
    (depots / "en_cours").mkdir()
    drop(depots / "en_cours", "agents_a.csv", "Dernière", at(23, 8))
    drop(depots / "en_cours", "agents_z.csv", "Première", at(20, 8))
    run_releve(acteur=None, jour=JOUR)
    assert applied() == ["agents_z.csv", "agents_a.csv"]


@pytest.mark.parametrize(
    "nom", ["agents.csv", "agents_2026-13-40.csv", "agents_2026-11-25.csv", "agents_20240101.csv"]
)
def test_a_name_that_says_no_day_that_can_be(nom):
    assert find_day(nom, JOUR) is None
