"""positions.csv: administrative positions by the payroll's codes."""

import datetime

import pytest

from agents.actions import load_types_position
from agents.models import PositionAdministrative, TypePosition
from nouvea_sst.comptes.models import LigneJournal
from tests.agents.factories import AgentFactory
from tests.imports.chargement import load, take_back

pytestmark = pytest.mark.django_db
D = datetime.date
ENTETE = "NOMATR;DATDEB;DATFIN;CDPADM;LIPADM;POSIT"
NORMALE = "4127;20190301;20240701;01;ACTIVITE NORMALE    ;AC"
LONGUE = "4127;20240701;0;35;CLM PLEIN;AC"


@pytest.fixture
def gony(db):
    load_types_position(acteur=None)
    return AgentFactory(matricule="4127", nom="GONY", prenom="Paul")


def bring(*lignes):
    return load("positions", ENTETE, *lignes)


def test_makes_them_with_the_last_day(gony):
    depot = bring(NORMALE, LONGUE)
    assert (depot.bilan["crees"], depot.bilan["refuses"]) == (2, 0)
    normale, longue = PositionAdministrative.objects.order_by("date_debut")
    assert (normale.type.code, normale.date_fin) == ("01", D(2024, 6, 30))
    assert (longue.type.code, longue.date_fin) == ("35", None)
    assert LigneJournal.objects.filter(acte="agents.load_positions", agent_cle=str(gony.pk)).count() == 1


def test_the_same_file_twice_changes_nothing(gony):
    bring(NORMALE, LONGUE)
    encore = bring(NORMALE, LONGUE)
    assert (encore.bilan["inchanges"], encore.bilan["crees"], encore.bilan["modifies"]) == (2, 0, 0)


def test_changes_the_row_that_begins_on_that_day(gony):
    bring(NORMALE)
    depot = bring("4127;20190301;0;1;;")
    assert (depot.bilan["crees"], depot.bilan["modifies"]) == (0, 1)
    assert PositionAdministrative.objects.get().date_fin is None


def test_reads_a_code_without_its_zero_and_a_name(gony):
    load("positions", "NOMATR;DATDEB;LIPADM", "4127;20190301;Mission")
    bring("4127;20180301;20190301;4;;")
    assert list(PositionAdministrative.objects.values_list("type__code", flat=True)) == ["60", "04"]


@pytest.mark.parametrize(
    ("ligne", "phrase"),
    [
        ("4127;20250301;20250301;01;;", "La fin précède le début."),
        ("4127;20230601;0;01;;", "Ces jours sont déjà ceux de la ligne qui commence le 01/03/2019"),
        ("4127;20250101;0;;;", "est vide"),
    ],
)
def test_refuses_with_a_sentence(gony, ligne, phrase):
    bring(NORMALE)
    depot = bring(ligne)
    assert depot.bilan["refuses"] == 1
    assert phrase in depot.lignes.get().motif


def test_waits_for_an_agent_or_a_type_that_is_not_there_yet(gony):
    depot = bring("5200;20190301;0;01;;", "4127;20190301;0;66;;")
    assert (depot.bilan["crees"], depot.bilan["attentes"], depot.bilan["refuses"]) == (0, 2, 0)
    motifs = " ".join(depot.lignes.values_list("motif", flat=True))
    assert "Type de position administrative 66 inconnu" in motifs


def test_is_taken_back_whole(gony):
    depot = bring(NORMALE, LONGUE)
    take_back(depot)
    assert not PositionAdministrative.objects.exists()
    assert LigneJournal.objects.filter(acte="agents.undo_positions", agent_cle=str(gony.pk)).exists()


def test_the_types_of_the_payroll_are_loaded_once_each_with_its_source(db):
    assert load_types_position(acteur=None) == TypePosition.objects.count() == 47
    assert load_types_position(acteur=None) == 0
    assert not TypePosition.objects.filter(source="").exists()
    assert TypePosition.objects.get(code="35").permet_visite, "a return to work is seen"
    assert not TypePosition.objects.get(code="RT").dans_effectif
