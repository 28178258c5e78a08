"""affectations.csv: dated posts of agents, end excluded, structures by the former software's number."""

import datetime

import pytest

from agents.imports import CIBLE_AFFECTATIONS
from agents.models import Affectation, Agent, Poste, Structure
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.imports.moteur.analyse import Reglages
from nouvea_sst.imports.moteur.plan import build_plan
from tests.agents.factories import AffectationFactory, AgentFactory, StructureFactory
from tests.fabriques import compte
from tests.imports.chargement import JOUR, load, take_back

pytestmark = pytest.mark.django_db
ENTETE = (
    "ID_AFFECTATION;ID_AGENT;DATE_DEBUT_AFF;DATE_FIN_AFF;TEMPS_TRAVAIL;LIB_TITRE_POSTE;ID_SERVICE_ADS;LILIEU"
)
ANCIENNE = "11;9004127;2019-03-01;2024-07-01;100;JARDINIER   ;27;"
ACTUELLE = "12;9004127;2024-07-01;0001-01-01;80;MAÃŽTRE JARDINIER;28;SERRES"


@pytest.fixture
def gony(db):
    StructureFactory(sigle="SEV", cle_import="id_entite=27")
    StructureFactory(sigle="DEP", cle_import="id_entite=28")
    return AgentFactory(matricule="4127", nom="GONY", prenom="Paul", structure=None, poste=None)


def bring(*lignes, jour=JOUR):
    return load("affectations", ENTETE, *lignes, jour=jour)


def test_makes_them_with_the_last_day_and_the_agent_follows_the_one_of_the_day(gony):
    depot = bring(ANCIENNE, ACTUELLE)
    assert (depot.bilan["crees"], depot.bilan["refuses"]) == (2, 0)
    ancienne, actuelle = Affectation.objects.order_by("date_debut")
    assert ancienne.date_fin == datetime.date(2024, 6, 30) and ancienne.poste.intitule == "JARDINIER"
    assert actuelle.date_fin is None and actuelle.temps_travail == 80
    assert (actuelle.poste.intitule, actuelle.site.libelle) == ("MAÎTRE JARDINIER", "SERRES")
    assert actuelle.cle_import == "id_affectation=12"
    gony.refresh_from_db()
    assert (gony.structure.sigle, gony.poste) == ("DEP", actuelle.poste)
    assert LigneJournal.objects.filter(acte="agents.load_affectations", agent_cle=str(gony.pk)).count() == 1


@pytest.mark.parametrize(
    ("ecrit", "garde"), [("80,5", 81), ("80,4", 80), ("66.66", 67), ("1,0", 1), ("99,5 %", 100)]
)
def test_share_with_a_comma_is_written_rounded_half_up(gony, ecrit, garde):
    for effet in ("crees", "inchanges"):
        depot = bring(f"11;9004127;2019-03-01;;{ecrit};JARDINIER;27;")
        assert depot.bilan[effet] == 1, depot.bilan
    assert Affectation.objects.get().temps_travail == garde


@pytest.mark.parametrize("ecrit", ["1 234,5", "100,4", "0,5"])
def test_share_out_of_bounds_is_refused_in_the_digits_of_the_file(gony, ecrit):
    refusee = bring(f"11;9004127;2019-03-01;;{ecrit};JARDINIER;27;").lignes.get()
    assert refusee.motif == "Le temps de travail va de 1 à 100 %."
    assert refusee.valeur == ecrit.replace(" ", "")


def test_the_same_file_twice_changes_nothing(gony):
    bring(ANCIENNE, ACTUELLE)
    encore = bring(ANCIENNE, ACTUELLE)
    assert (encore.bilan["inchanges"], encore.bilan["crees"], encore.bilan["modifies"]) == (2, 0, 0)


def test_changes_what_the_number_finds_and_opens_again_what_was_closed(gony):
    bring(ANCIENNE)
    depot = bring("11;4127;2019-04-01;0;50;JARDINIER;27;")
    assert (depot.bilan["crees"], depot.bilan["modifies"]) == (0, 1)
    changee = Affectation.objects.get()
    assert (changee.date_debut, changee.date_fin, changee.temps_travail) == (
        datetime.date(2019, 4, 1),
        None,
        50,
    )


def test_takes_a_row_typed_by_hand_for_its_own_and_keeps_the_number(gony):
    main = AffectationFactory(
        agent=gony,
        structure=Structure.objects.get(sigle="SEV"),
        date_debut=datetime.date(2019, 3, 1),
        date_fin=datetime.date(2024, 6, 30),
    )
    depot = bring(ANCIENNE)
    assert (depot.bilan["crees"], depot.bilan["modifies"]) == (0, 1)
    main.refresh_from_db()
    assert main.cle_import == "id_affectation=11"


@pytest.mark.parametrize(
    ("ligne", "phrase"),
    [
        ("13;4127;2024-07-01;2024-07-01;100;;27;", "La fin précède le début."),
        ("13;4127;2020-07-01;;100;;27;", "Ces jours sont déjà ceux de l’affectation du 01/03/2019"),
        ("13;4127;2024-07-01;;120;;27;", "Le temps de travail va de 1 à 100 %."),
        ("13;;2024-07-01;;100;;27;", "Le champ « Agent » est vide."),
        ("13;4127;2024-13-45;;100;;27;", "Cette date n’existe pas."),
        ("11;5200;2019-03-01;2024-07-01;100;;27;", "Ce numéro est déjà celui d’une ligne de GONY Paul"),
    ],
)
def test_refuses_with_a_sentence(gony, ligne, phrase):
    AgentFactory(matricule="5200")
    bring(ANCIENNE)
    depot = bring(ligne)
    assert depot.bilan["refuses"] == 1
    assert phrase in depot.lignes.get().motif


def test_nobody_imports_his_own(gony):
    gony.compte = compte(Role.RH)
    gony.save()
    contenu = f"{ENTETE}\n{ANCIENNE}\n".encode()
    plan = build_plan(CIBLE_AFFECTATIONS, contenu, Reglages(), JOUR, gony.compte)
    assert plan.lignes[0].faute and "votre propre fiche" in plan.lignes[0].faute.motif
    assert not plan.ajouts


def test_is_taken_back_whole(gony):
    depot = bring(ANCIENNE, ACTUELLE)
    take_back(depot)
    assert not Affectation.objects.exists() and not Poste.objects.exists()
    assert Agent.objects.get().structure is None
    assert LigneJournal.objects.filter(acte="agents.undo_affectations", agent_cle=str(gony.pk)).exists()


def test_finds_the_agent_by_any_of_his_numbers(gony):
    Agent.objects.update(id_tiarhe="T0042")
    for numero in ("4127", "904127", "9004127"):
        plan = build_plan(
            CIBLE_AFFECTATIONS,
            f"NOMATR;DATDEB;ID_SERVICE_ADS\n{numero};20190301;27\n".encode(),
            Reglages(),
            JOUR,
        )
        assert plan.counts()["crees"] == 1, numero
    plan = build_plan(
        CIBLE_AFFECTATIONS, b"ID_TIARHE;DATDEB;ID_SERVICE_ADS\nt0042;20190301;27\n", Reglages(), JOUR
    )
    assert plan.counts()["crees"] == 1


def test_the_number_of_questions_does_not_depend_on_the_rows(gony, django_assert_num_queries):
    for n in range(40):
        AgentFactory(matricule=f"{5000 + n}")
    for nombre in (1, 40):
        lignes = "\n".join(f"{n};{5000 + n};2019-03-01;;100;Poste {n};27;" for n in range(nombre))
        with django_assert_num_queries(6):
            plan = build_plan(CIBLE_AFFECTATIONS, f"{ENTETE}\n{lignes}\n".encode(), Reglages(), JOUR)
        assert plan.counts()["crees"] == nombre
