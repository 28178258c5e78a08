"""contrats.csv: contracts with and without an end, and their trial periods."""

import datetime

import pytest

from agents.models import Contrat
from nouvea_sst.comptes.models import LigneJournal
from tests.agents.factories import AgentFactory
from tests.imports.chargement import load, take_back

pytestmark = pytest.mark.django_db
D = datetime.date
ENTETE = "ID_AGENT;ID_TYPE_CONTRAT;DATDEB;DATE_FIN;DATE_FIN_PERIODE_ESS"
CDD = "9004127;1;2023-03-01;2024-02-29;2023-03-14"
CDI = "9004127;2;2024-03-01;0001-01-01;2024-05-31"


@pytest.fixture
def gony(db):
    return AgentFactory(matricule="4127", nom="GONY", prenom="Paul", statut="C")


def bring(*lignes, entete=ENTETE):
    return load("contrats", entete, *lignes)


def test_makes_them(gony):
    depot = bring(CDD, CDI)
    assert (depot.bilan["crees"], depot.bilan["refuses"]) == (2, 0)
    cdd, cdi = Contrat.objects.order_by("date_debut")
    assert (cdd.nature, cdd.date_fin, cdd.fin_essai) == ("cdd", D(2024, 2, 29), D(2023, 3, 14))
    assert (cdi.nature, cdi.date_fin, cdi.fin_essai) == ("cdi", None, D(2024, 5, 31))
    assert LigneJournal.objects.filter(acte="agents.load_contrats", agent_cle=str(gony.pk)).count() == 1


def test_the_same_file_twice_changes_nothing(gony):
    bring(CDD, CDI)
    encore = bring(CDD, CDI)
    assert (encore.bilan["inchanges"], encore.bilan["crees"], encore.bilan["modifies"]) == (2, 0, 0)


def test_changes_the_contract_that_begins_on_that_day(gony):
    bring(CDD)
    depot = bring("9004127;2;2023-03-01;;")
    assert (depot.bilan["crees"], depot.bilan["modifies"]) == (0, 1)
    contrat = Contrat.objects.get()
    assert (contrat.nature, contrat.date_fin, contrat.fin_essai) == ("cdi", None, None)


def test_finds_it_by_its_number_even_on_another_day(gony):
    entete = f"ID_CONTRAT;{ENTETE}"
    bring(f"77;{CDI}", entete=entete)
    depot = bring(f"77;{CDI.replace('2024-03-01', '2024-03-15')}", entete=entete)
    assert depot.bilan["modifies"] == 1
    assert Contrat.objects.get().date_debut == D(2024, 3, 15)


@pytest.mark.parametrize(
    ("ligne", "phrase"),
    [
        ("9004127;1;2024-03-01;2024-02-01;", "La fin précède le début."),
        ("9004127;1;2024-03-01;;", "Un CDD a une date de fin."),
        ("9004127;2;2024-03-01;;2024-02-01", "La période d’essai finit avant le début du contrat."),
        ("9004127;3;2024-03-01;;", "CDD (1) ou CDI (2)"),
        (";2;2024-03-01;;", "Le champ « Agent » est vide."),
    ],
)
def test_refuses_with_a_sentence(gony, ligne, phrase):
    depot = bring(CDD, ligne)
    assert (depot.bilan["crees"], depot.bilan["refuses"]) == (1, 1)
    assert phrase in depot.lignes.get(effet="refuse").motif


def test_waits_for_an_agent_who_is_not_there_yet(gony):
    depot = bring(CDI.replace("4127", "5200"))
    assert (depot.bilan["crees"], depot.bilan["attentes"], depot.bilan["refuses"]) == (0, 1, 0)


def test_is_taken_back_whole(gony):
    depot = bring(CDD, CDI)
    take_back(depot)
    assert not Contrat.objects.exists()
    assert LigneJournal.objects.filter(acte="agents.undo_contrats", agent_cle=str(gony.pk)).exists()
