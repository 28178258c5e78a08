"""A register and affectations.csv tell of the same posts: a day entered ahead stays, dates beat a hire."""

import datetime

import pytest

from agents.actions import align_agents, set_affectation
from agents.models import Affectation, Agent, Structure
from nouvea_sst.comptes.contexte import acting
from nouvea_sst.imports.models import LigneImport
from nouvea_sst.imports.tasks import resume_waiting
from tests.agents.factories import AffectationFactory, StructureFactory
from tests.imports.chargement import JOUR, load, take_back

pytestmark = pytest.mark.django_db
VEILLE = datetime.timedelta(days=1)
REGISTRE = "Matricule;Nom;Prénom;Date d’embauche;Service"
DATEES = "ID_AFFECTATION;ID_AGENT;DATE_DEBUT_AFF;DATE_FIN_AFF;ID_SERVICE_ADS"
ANCIENNE = "11;9004127;2019-03-01;2024-07-01;27"
ACTUELLE = "12;9004127;2024-07-01;;28"


@pytest.fixture
def structures(db):
    for sigle, numero in (("SEV", 27), ("DEP", 28), ("SIS", 29)):
        StructureFactory(sigle=sigle, libelle=sigle, cle_import=f"id_entite={numero}")


def register(sigle, jour=JOUR):
    return load("agents", REGISTRE, f"4127;GONY;Paul;01/02/2010;{sigle}", jour=jour)


def posts():
    lignes = Affectation.objects.order_by("date_debut").select_related("structure")
    return [(a.structure.sigle, f"{a.date_debut}", f"{a.date_fin or ''}") for a in lignes]


def counts(depot):
    return tuple(depot.bilan[nom] for nom in ("crees", "modifies", "inchanges", "refuses"))


def test_a_post_entered_ahead_stays_and_the_same_register_changes_nothing_the_next_night(structures):
    register("SEV")
    futur = JOUR + datetime.timedelta(days=30)
    agent = Agent.objects.get()
    set_affectation(
        acteur=None,
        agent_id=agent.pk,
        jour=JOUR,
        structure=Structure.objects.get(sigle="DEP"),
        date_debut=futur,
    )
    attendues = [
        ("SEV", "2010-02-01", f"{JOUR - VEILLE}"),
        ("SIS", f"{JOUR}", f"{futur - VEILLE}"),
        ("DEP", f"{futur}", ""),
    ]
    assert counts(register("SIS")) == (0, 1, 0, 0) and posts() == attendues
    for nuit in (1, 2):
        jour = JOUR + nuit * VEILLE
        align_agents(acteur=None, jour=jour)
        assert counts(register("SIS", jour)) == (0, 0, 1, 0)
    assert posts() == attendues


def test_a_post_that_begins_this_very_day_is_corrected_in_place(structures):
    register("SEV")
    register("DEP")
    register("SIS")
    assert posts() == [("SEV", "2010-02-01", f"{JOUR - VEILLE}"), ("SIS", f"{JOUR}", "")]


def test_dated_posts_take_the_place_of_what_a_register_opened(structures):
    register("DEP")
    depot = load("affectations", DATEES, ANCIENNE, ACTUELLE)
    assert counts(depot) == (1, 1, 0, 0)
    assert posts() == [("SEV", "2019-03-01", "2024-06-30"), ("DEP", "2024-07-01", "")]
    assert counts(load("affectations", DATEES, ANCIENNE, ACTUELLE)) == (0, 0, 2, 0)
    assert counts(register("DEP")) == (0, 0, 1, 0)
    take_back(depot)
    assert posts() == [("DEP", "2010-02-01", "")]


def test_dated_posts_that_came_before_the_register_end_the_same(structures):
    assert load("affectations", DATEES, ANCIENNE, ACTUELLE).bilan["attentes"] == 2
    register("DEP")
    resume_waiting()
    assert not LigneImport.objects.waiting().exists()
    assert posts() == [("SEV", "2019-03-01", "2024-06-30"), ("DEP", "2024-07-01", "")]


def test_a_move_that_the_register_told_first_gets_its_day(structures):
    register("SEV")
    load("affectations", DATEES, ANCIENNE)
    lendemain = JOUR + 3 * VEILLE
    register("DEP", lendemain)
    assert counts(load("affectations", DATEES, ANCIENNE, ACTUELLE, jour=lendemain)) == (0, 1, 1, 0)
    assert posts() == [("SEV", "2019-03-01", "2024-06-30"), ("DEP", "2024-07-01", "")]


def test_what_a_person_typed_is_not_replaced(structures):
    load("agents", "Matricule;Nom;Prénom", "4127;GONY;Paul")
    with acting(None):
        AffectationFactory(
            agent=Agent.objects.get(),
            structure=Structure.objects.get(sigle="DEP"),
            date_debut=datetime.date(2010, 2, 1),
        )
    assert counts(load("affectations", DATEES, ACTUELLE)) == (0, 0, 0, 1)
    assert posts() == [("DEP", "2010-02-01", "")]
