"""entites.csv: the tree of services, in any order."""

import datetime

import pytest

from agents.models import Structure
from nouvea_sst.imports.cibles import target
from nouvea_sst.imports.moteur.analyse import Reglages
from nouvea_sst.imports.moteur.plan import build_plan
from nouvea_sst.imports.tasks import resume_waiting
from tests.agents.factories import StructureFactory
from tests.imports.chargement import load, take_back

pytestmark = pytest.mark.django_db
ENTETE = (
    "ID_ENTITE;SIGLE;LABEL;ID_ENTITE_PARENT;ID_TYPE_ENTITE;ID_REF_STATUT_ENTITE;"
    "ID_ENTITE_REMPLACEE;CODE_SERVI"
)
VILLE = "1;VDN;Ville de Nouméa;;30;1;;DAAA"
DGST = "9;DGST;Direction générale des services techniques;1;30;1;;EAAA"
DECV = "5;DECV;Environnement et cadre de vie;9;27;1;;ECAA"
ATM = "6;ATM;Atelier technique municipal;5;28;1;;ECBA"


def bring(*lignes):
    return load("entites", ENTETE, *lignes)


def tree():
    return {s.sigle: (s.niveau, s.parent.sigle if s.parent else "") for s in Structure.objects.all()}


def test_makes_the_tree_whatever_the_order_of_the_rows():
    depot = bring(ATM, DECV, DGST, VILLE)
    assert depot.bilan["crees"] == 4
    assert tree() == {
        "VDN": ("ville", ""),
        "DGST": ("ville", "VDN"),
        "DECV": ("direction", "DGST"),
        "ATM": ("service", "DECV"),
    }
    atelier = Structure.objects.get(sigle="ATM")
    assert atelier.direction.sigle == "DECV" and atelier.chemin.count("/") == 4
    assert (atelier.cle_import, atelier.code_ancien) == ("id_entite=6", "ECBA")
    assert bring(ATM, DECV, DGST, VILLE).bilan["inchanges"] == 4


def test_changes_moves_closes_and_gives_the_sigle_to_the_one_that_replaces():
    bring(VILLE, DECV.replace(";9;", ";1;"), ATM)
    depot = bring("6;ATM;Atelier;5;28;3;;ECBA", "7;ATM;Atelier municipal;1;28;1;6;ECBZ")
    assert (depot.bilan["crees"], depot.bilan["modifies"]) == (1, 1)
    ancien, nouveau = Structure.objects.filter(sigle="ATM").order_by("pk")
    assert ancien.date_fin is not None and nouveau.date_fin is None
    assert nouveau.parent.sigle == "VDN"
    bring("6;ATX;Atelier;5;28;1;;ECBA")
    ancien.refresh_from_db()
    assert ancien.date_fin is None and ancien.sigle == "ATX"


def test_adopts_an_open_structure_of_this_sigle():
    meme = StructureFactory(sigle="ATM", libelle="Atelier technique municipal", niveau="service")
    depot = bring("6;ATM;Atelier technique municipal;;28;1;;")
    assert (depot.bilan["crees"], depot.bilan["modifies"]) == (0, 1)
    meme.refresh_from_db()
    assert meme.cle_import == "id_entite=6"


@pytest.mark.parametrize(
    ("lignes", "phrase"),
    [
        (["8;DEPEV;Espaces verts;1;28;0;;"], "n’est encore qu’une prévision"),
        (["8;ATM;Autre atelier;1;28;1;;"], "Ce sigle est déjà celui d’une structure ouverte"),
        (["5;DECV;Environnement;6;27;1;;"], "ne peut pas dépendre d’elle-même"),
        (["8;;Sans sigle;1;28;1;;"], "Le champ « Sigle » est vide."),
    ],
)
def test_refuses_with_a_sentence(lignes, phrase):
    bring(VILLE, DECV.replace(";9;", ";1;"), ATM)
    depot = bring(*lignes)
    assert phrase in depot.lignes.get().motif


def test_a_parent_not_known_yet_is_waited_for_with_what_hangs_on_it():
    depot = bring(DECV, ATM)
    assert depot.bilan["attentes"] == 2 and "Structure mère 9 inconnue" in depot.lignes.first().motif
    bring(VILLE, DGST)
    resume_waiting()
    assert len(tree()) == 4 and not depot.lignes.waiting().exists()


def test_is_taken_back_whole():
    bring(VILLE, DECV.replace(";9;", ";1;"))
    avant = list(Structure.objects.order_by("pk").values("sigle", "libelle", "chemin", "direction"))
    depot = bring(ATM, "5;DECV;Cadre de vie;;27;1;;")
    take_back(depot)
    assert list(Structure.objects.order_by("pk").values("sigle", "libelle", "chemin", "direction")) == avant


def replaced():
    """Of each structure, the number of the one that it replaced."""
    liees = Structure.objects.exclude(remplace=None)
    return {s.cle_import.partition("=")[2]: s.remplace.cle_import.partition("=")[2] for s in liees}


@pytest.mark.parametrize("inverse", [False, True])
def test_says_what_each_structure_replaced_whatever_the_order_and_takes_it_back(inverse):
    lignes = [
        VILLE,
        "6;ATM;Atelier;1;28;3;;",
        "7;ATX;Ateliers;1;28;3;6;",
        "8;ATM;Atelier municipal;1;28;1;7;",
    ]
    depot = bring(*(reversed(lignes) if inverse else lignes))
    assert replaced() == {"7": "6", "8": "7"}
    take_back(depot)
    assert not Structure.objects.exists()
    bring(*lignes)
    assert bring(*lignes).bilan["inchanges"] == 4
    suite = bring("8;ATM;Atelier municipal;1;28;1;6;", "7;ATX;Ateliers;1;28;3;;")
    assert replaced() == {"8": "6"} and suite.bilan["modifies"] == 2
    take_back(suite)
    assert replaced() == {"7": "6", "8": "7"}


@pytest.mark.parametrize("remplacee", ["99", "8", "6"], ids=["unknown", "itself", "refused"])
def test_a_structure_comes_without_what_it_replaces_when_that_one_does_not(remplacee):
    depot = bring(VILLE, "6;ATM;Atelier;1;28;0;;", f"8;ATX;Ateliers;1;28;1;{remplacee};")
    assert (depot.bilan["crees"], depot.bilan["avertis"]) == (2, 1) and replaced() == {}
    if remplacee == "99":
        bring("99;VX;Vieux;1;28;3;;")
        assert bring(f"8;ATX;Ateliers;1;28;1;{remplacee};").bilan["modifies"] == 1
        assert replaced() == {"8": "99"}


def test_a_feed_that_refuses_warned_rows_refuses_what_they_would_have_carried():
    cible = target("entites")
    lignes = (VILLE, "8;ATX;Ateliers;1;28;1;99;", "9;ATY;Sous;8;29;1;;", "10;ATZ;Dessous;9;29;1;;")
    plan = build_plan(cible, "\n".join((ENTETE, *lignes)).encode(), Reglages(), datetime.date(2026, 11, 24))
    plan.refuse_warned(cible)
    assert plan.counts()["crees"] == 1 and plan.counts()["refuses"] == 3


def test_is_read_in_a_fixed_number_of_questions(django_assert_max_num_queries):
    lignes = [f"{n};S{n};Service {n};1;28;1;;" for n in range(2, 60)]
    with django_assert_max_num_queries(45):
        bring(VILLE, *lignes)
    assert Structure.objects.count() == 59
