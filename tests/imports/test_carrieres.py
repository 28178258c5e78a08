"""carrieres.csv: dated categories and grades, and what the agent's file takes of them."""

import datetime

import pytest

from agents.actions import align_carrieres, update_agent
from agents.actions.carrieres import align_careers_touched
from agents.models import Agent, Carriere
from nouvea_sst.comptes.contexte import acting
from nouvea_sst.comptes.models import LigneJournal
from tests.agents.factories import AgentFactory, CarriereFactory
from tests.imports.chargement import JOUR, load, take_back

pytestmark = pytest.mark.django_db
D = datetime.date
ENTETE = "NOMATR;DATDEB;DATFIN;CDCATE;CDGRAD;LIGRAD;CDCADR;CDFILI"
STAGIAIRE = "4127;20240301;20250301;18;TT1 ;TECHNICIEN        ;B;TEC"
TITULAIRE = "4127;20250301;0;20;TT1;TECHNICIEN;B;TEC"


@pytest.fixture
def gony(db):
    return AgentFactory(matricule="4127", nom="GONY", prenom="Paul", statut="", code_categorie=None)


def bring(*lignes, jour=JOUR):
    return load("carrieres", ENTETE, *lignes, jour=jour)


def career_of(agent):
    agent.refresh_from_db()
    return agent.code_categorie, agent.statut, agent.est_elu


def test_makes_the_rows_with_their_last_day_and_the_agent_follows_the_one_of_the_day(gony):
    depot = bring(STAGIAIRE, TITULAIRE)
    assert (depot.bilan["crees"], depot.bilan["refuses"]) == (2, 0)
    stage, suite = Carriere.objects.order_by("date_debut")
    assert (stage.date_debut, stage.date_fin) == (D(2024, 3, 1), D(2025, 2, 28))
    assert (stage.code_grade, stage.grade, stage.cadre, stage.filiere) == ("TT1", "TECHNICIEN", "B", "TEC")
    assert suite.date_fin is None
    assert career_of(gony) == (20, "F", False)
    assert LigneJournal.objects.filter(acte="agents.load_carrieres", agent_cle=str(gony.pk)).count() == 1


def test_the_same_file_twice_changes_nothing(gony):
    bring(STAGIAIRE, TITULAIRE)
    encore = bring(STAGIAIRE, TITULAIRE)
    assert (encore.bilan["inchanges"], encore.bilan["crees"], encore.bilan["modifies"]) == (2, 0, 0)


def test_changes_the_row_that_begins_on_that_day(gony):
    bring(TITULAIRE)
    depot = bring("4127;20250301;20261201;4;;CONTRACTUEL;C;")
    assert (depot.bilan["crees"], depot.bilan["modifies"]) == (0, 1)
    ligne = Carriere.objects.get()
    assert (ligne.code_categorie, ligne.grade, ligne.date_fin) == (4, "CONTRACTUEL", D(2026, 11, 30))
    assert ligne.code_grade == "TT1", "an empty cell says nothing"
    assert career_of(gony) == (4, "C", False)


@pytest.mark.parametrize(
    ("ligne", "phrase"),
    [
        ("4127;20270301;20270301;1;;;;", "La fin précède le début."),
        ("4127;20260601;0;1;;;;", "Ces jours sont déjà ceux de la ligne qui commence le 01/03/2025"),
        ("4127;20230101;20230601;0;;;;", "La catégorie de carrière va de 1 à 99."),
        ("4127;20230101;20230601;1;;;Z;", "A, B, C ou D"),
        (";20230101;20230601;1;;;;", "Le champ « Agent » est vide."),
        ("4127;20230231;0;1;;;;", "Cette date n’existe pas."),
    ],
)
def test_refuses_with_a_sentence(gony, ligne, phrase):
    depot = bring(TITULAIRE, ligne)
    assert (depot.bilan["crees"], depot.bilan["refuses"]) == (1, 1)
    assert phrase in depot.lignes.get(effet="refuse").motif


def test_waits_for_an_agent_who_is_not_there_yet(gony):
    depot = bring(TITULAIRE, "5200;20250301;0;1;;;;")
    assert (depot.bilan["crees"], depot.bilan["attentes"], depot.bilan["refuses"]) == (1, 1, 0)


def test_is_taken_back_whole_with_what_the_agent_took_of_it(gony):
    depot = bring(STAGIAIRE, TITULAIRE)
    take_back(depot)
    assert not Carriere.objects.exists()
    assert career_of(gony) == (None, "", False)
    assert LigneJournal.objects.filter(acte="agents.undo_carrieres", agent_cle=str(gony.pk)).exists()


def test_an_elected_member_is_told_by_his_category(gony):
    Agent.objects.update(statut="F")
    bring("4127;20260701;0;10;;;;", jour=D(2030, 1, 1))
    assert career_of(gony)[0] is None, "the register said otherwise since"
    Agent.objects.update(statut="")
    bring("4127;20260701;0;9;;;;", jour=D(2030, 1, 1))
    assert career_of(gony) == (9, "", True)


def test_the_last_row_speaks_of_who_left_and_the_next_of_who_comes(gony):
    parti = AgentFactory(matricule="5200", statut="")
    bring("4127;20270101;0;7;;;;", "5200;20100101;20200101;4;;;;")
    assert career_of(gony) == (7, "CC", False)
    assert career_of(parti) == (4, "C", False)


def test_a_register_that_is_younger_than_the_row_is_not_contradicted(gony):
    with acting(None):
        update_agent(acteur=None, agent_id=gony.pk, version=1, jour=JOUR, champs={"statut": "C"})
    bring(TITULAIRE)
    assert career_of(gony) == (None, "C", False)
    assert Carriere.objects.count() == 1


def test_a_status_with_which_it_agrees_gets_its_category(gony):
    Agent.objects.update(statut="F")
    bring(TITULAIRE)
    assert career_of(gony) == (20, "F", False)


def test_what_a_career_said_a_later_file_corrects_even_for_the_past(gony):
    bring(STAGIAIRE)
    assert career_of(gony) == (18, "F", False)
    bring(TITULAIRE)
    assert career_of(gony) == (20, "F", False)


def test_a_row_written_ahead_begins_on_its_day(gony):
    bring(TITULAIRE.replace(";0;", ";20270101;"), "4127;20270101;0;4;;;;")
    assert career_of(gony) == (20, "F", False)
    assert align_carrieres(acteur=None, jour=D(2026, 12, 31)) == 0
    assert align_carrieres(acteur=None, jour=D(2027, 1, 1)) == 1
    assert career_of(gony) == (4, "C", False)
    assert LigneJournal.objects.filter(acte="agents.align_carrieres").count() == 1


def test_the_number_of_questions_does_not_depend_on_the_agents(django_assert_num_queries):
    for nombre in (2, 30):
        with acting(None):
            lignes = [CarriereFactory(agent=AgentFactory(statut=""), code_categorie=4) for _ in range(nombre)]
        agents = [ligne.agent_id for ligne in lignes]
        with django_assert_num_queries(5):
            align_careers_touched(acteur=None, jour=JOUR, agents=agents)
        assert Agent.objects.filter(pk__in=agents, statut="C").count() == nombre
