"""postes.csv: the follow-up that each post asks for, before or after the posts are there."""

import pytest

from agents.models import Poste
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.imports.models import LigneImport
from tests.imports.chargement import load, take_back

pytestmark = pytest.mark.django_db
ENTETE = "LIB_TITRE_POSTE;CATEGORIE_SUIVI"


@pytest.fixture
def jardinier(db):
    return Poste.objects.create(intitule="Jardinier", categorie_suivi="simple")


def test_a_known_post_changes_its_follow_up_and_an_unknown_one_is_made(jardinier):
    depot = load("postes", ENTETE, "JARDINIER;Suivi renforcé", "Soudeur;adapté")
    assert (depot.bilan["crees"], depot.bilan["modifies"]) == (1, 1)
    assert set(Poste.objects.values_list("intitule", "categorie_suivi", "version")) == {
        ("Jardinier", "renforce", 2),
        ("Soudeur", "adapte", 1),
    }
    assert LigneJournal.objects.filter(acte="agents.load_postes").count() == 1
    assert load("postes", ENTETE, "Jardinier;renforce", "soudeur;ADAPTE").bilan["inchanges"] == 2


def test_a_follow_up_that_the_house_does_not_know_is_refused(jardinier):
    assert load("postes", ENTETE, "Jardinier;SMR", "Soudeur;", "Peintre;simple").bilan["refuses"] == 2
    motifs = " ".join(LigneImport.objects.values_list("motif", flat=True))
    assert "Attendu : simple, adapté ou renforcé" in motifs
    jardinier.refresh_from_db()
    assert jardinier.categorie_suivi == "simple" and not Poste.objects.filter(intitule="Soudeur").exists()


def test_an_undo_gives_the_follow_up_back(jardinier):
    take_back(load("postes", ENTETE, "Jardinier;renforce", "Soudeur;adapte"))
    assert list(Poste.objects.values_list("intitule", "categorie_suivi")) == [("Jardinier", "simple")]
