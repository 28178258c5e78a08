"""What rows name beside themselves is written with those that are kept, never with those refused."""

import datetime

import pytest

from agents.models import Agent, Poste, Site, Structure
from nouvea_sst.imports.actions import run_releve
from tests.agents.factories import AgentFactory, StructureFactory
from tests.imports.chargement import load
from tests.imports.fichiers import make_csv

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)
ENTETE = ["Matricule", "Nom", "Prénom", "Direction", "Service", "Poste"]
CONNUE = ["3120", "BOULA", "Nathalie", "DEPEV – Espaces verts", "", ""]
NOUVELLE = ["4066", "GONY", "Didier", "DXX – Direction inconnue", "SXX – Service inconnu", "Dompteur"]


@pytest.fixture
def depots(tmp_path, settings):
    """A watched folder where every file is whole at once, and a structure that the house knows."""
    StructureFactory(sigle="DEPEV", libelle="Espaces verts")
    settings.DEPOTS, settings.DEPOTS_REPOS = tmp_path / "depots", 0
    settings.DEPOTS.mkdir()
    return settings.DEPOTS


def pass_over(depots, *lignes):
    (depots / "agents.csv").write_bytes(make_csv(lignes, entete=ENTETE))
    (fait,) = run_releve(acteur=None, jour=JOUR).fichiers
    return fait


def test_a_row_refused_by_the_feed_adds_nothing_and_is_refused_again_the_next_night(depots):
    fait = pass_over(depots, CONNUE, NOUVELLE)
    assert (fait.issue, fait.motif) == ("applique", "1 créé, 0 modifié, 0 inchangé, 1 refusé")
    assert (Structure.objects.count(), Poste.objects.count()) == (1, 0)
    assert fait.depot.apercu["ajouts"] == []
    # The next night, with another row beside it, nothing of it has become known meanwhile.
    fait = pass_over(depots, CONNUE, NOUVELLE, ["5200", "WEMA", "Luc", "", "", ""])
    assert fait.motif == "1 créé, 0 modifié, 1 inchangé, 1 refusé"
    assert "Inconnue, elle sera créée." in fait.depot.lignes.to_correct().get().motif
    assert not Agent.objects.filter(matricule="4066").exists()
    assert (Structure.objects.count(), Poste.objects.count()) == (1, 0)


def test_what_a_kept_row_names_too_is_written_though_a_refused_one_named_it_first(depots):
    fait = pass_over(depots, CONNUE, NOUVELLE, ["5200", "WEMA", "Luc", "", "", "Dompteur"])
    assert fait.motif == "2 créés, 0 modifié, 0 inchangé, 1 refusé"
    assert Agent.objects.get(matricule="5200").poste == Poste.objects.get(intitule="Dompteur")
    assert fait.depot.bilan["ajouts"] == {"structure": 0, "poste": 1, "site": 0, "collectivité": 0}
    assert [ajout["titre"] for ajout in fait.depot.apercu["ajouts"]] == ["poste"]


def test_the_parents_of_what_a_kept_row_names_come_with_it():
    depot = load("agents", ";".join(ENTETE), ";".join(NOUVELLE))
    assert {s.sigle: s.parent.sigle if s.parent else "" for s in Structure.objects.all()} == {
        "DXX": "",
        "SXX": "DXX",
    }
    assert {a["titre"]: a["nombre"] for a in depot.apercu["ajouts"]} == {"structure": 2, "poste": 1}
    assert depot.bilan["ajouts"]["structure"] == 2


def test_a_second_claim_on_the_same_person_leaves_nothing_behind():
    AgentFactory(matricule="3120", id_tiarhe="", nom="BOULA", prenom="Nathalie", date_naissance="1980-03-12")
    entete = "Matricule;Nom;Prénom;Date de naissance;Service;Site"
    depot = load(
        "agents",
        entete,
        "3120;BOULA;Nathalie;12/03/1980;;",
        ";BOULA;Nathalie;12/03/1980;SXX – Service inconnu;Dépôt inconnu",
        "5200;WEMA;Luc;30/01/1969;;",
    )
    assert (depot.bilan["crees"], depot.bilan["refuses"]) == (1, 1)
    assert not Structure.objects.filter(sigle="SXX").exists()
    assert not Site.objects.filter(libelle="Dépôt inconnu").exists()
    assert depot.apercu["ajouts"] == []


def test_dated_rows_refused_leave_no_post_behind():
    AgentFactory(matricule="3120", poste=None)
    StructureFactory(sigle="SEV", cle_import="id_entite=27")
    entete = "ID_AFFECTATION;ID_AGENT;DATE_DEBUT_AFF;DATE_FIN_AFF;ID_SERVICE_ADS;LIB_TITRE_POSTE"
    load("affectations", entete, "11;9003120;2020-01-01;2020-07-01;27;Jardinier")
    depot = load(
        "affectations",
        entete,
        "11;9003120;2020-01-01;2020-07-01;27;Jardinier",
        "12;9003120;2020-02-01;2020-03-01;27;Dompteur",
        "13;9003120;2021-02-01;2021-03-01;27;Jardinier",
    )
    assert (depot.bilan["crees"], depot.bilan["refuses"]) == (1, 1)
    assert list(Poste.objects.values_list("intitule", flat=True)) == ["Jardinier"]
