"""In any order: a row that points at what nobody knows yet waits, and is taken up by itself."""

import pytest
from django.urls import reverse

from agents.models import Affectation
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.imports.actions import apply_import, change_reglages, deposit_import, drop_waiting
from nouvea_sst.imports.enums import EtatImport
from nouvea_sst.imports.models import Import, LigneImport
from nouvea_sst.imports.moteur.analyse import Reglages
from nouvea_sst.imports.rules.assemblages import Assemblages, Coupe
from nouvea_sst.imports.tasks import resume_waiting
from tests.agents.factories import StructureFactory
from tests.fabriques import compte, log_in
from tests.imports.chargement import JOUR, load, take_back

pytestmark = pytest.mark.django_db
ENTETE = "ID_AFFECTATION;ID_AGENT;DATE_DEBUT_AFF;DATE_FIN_AFF;ID_SERVICE_ADS;LIB_TITRE_POSTE"
AGENTS = "ID_AGENT;NOM_USAGE;PRENOM_USAGE"
GONY = "9004127;GONY;Paul"


@pytest.fixture(autouse=True)
def structure(db):
    return StructureFactory(sigle="SEV", cle_import="id_entite=27")


def bring(*lignes, **reste):
    return load("affectations", ENTETE, *lignes, **reste)


def test_the_preview_counts_it_apart_and_says_what_it_waits_for():
    contenu = f"{ENTETE}\n11;9004127;2024-12-13;2026-07-01;27;Jardinier\n".encode()
    depot = deposit_import(acteur=None, jour=JOUR, cible="affectations", nom_fichier="f.csv", contenu=contenu)
    assert depot.bilan["attentes"] == 1 and depot.bilan["refuses"] == 0
    page = log_in(compte(Role.RH)).get(reverse("imports:apercu", args=[depot.pk])).content.decode()
    assert "En attente" in page
    assert "Agent 9004127 inconnu pour l’instant : la ligne attendra." in page


@pytest.mark.parametrize("debut", ["2024-12-03", "03/12/2024", "20241203"])
def test_what_another_import_brings_takes_it_up_as_an_import_of_its_own(debut):
    depot = bring(f"11;9004127;{debut};2026-07-01;27;Jardinier")
    assert not Affectation.objects.exists()
    load("agents", AGENTS, GONY)
    resume_waiting()
    reprise = Affectation.objects.get()
    assert (f"{reprise.date_debut}", f"{reprise.date_fin}") == ("2024-12-03", "2026-06-30")
    suite = Import.objects.get(suite_de=depot)
    assert suite.bilan["crees"] == 1 and suite.etat == EtatImport.APPLIQUE
    assert not LigneImport.objects.waiting().exists()
    assert LigneJournal.objects.filter(acte="imports.resume_import").count() == 1
    take_back(suite)
    assert not Affectation.objects.exists()
    # What was taken back is not taken up again at once, nor forgotten: it is corrected and sent again.
    resume_waiting()
    assert not Affectation.objects.exists()
    rendue = LigneImport.objects.get(fichier=depot)
    assert rendue.effet == "refuse" and f"import n° {suite.pk}, qui a été annulé" in rendue.motif
    depot.refresh_from_db()
    assert depot.bilan["refuses"] == 1
    page = log_in(compte(Role.RH)).get(reverse("imports:bilan", args=[depot.pk])).content.decode()
    assert "1 ligne refusée" in page and rendue.motif in page


def test_only_what_waits_for_nothing_more_is_taken_up_and_nothing_twice():
    depot = bring(
        "11;9004127;2024-12-03;;27;", "12;9005200;2024-12-03;;27;", "13;9004127;2020-01-01;2020-06-01;99;"
    )
    resume_waiting()
    assert not Import.objects.filter(suite_de=depot).exists()
    load("agents", AGENTS, GONY)
    resume_waiting()
    resume_waiting()
    assert Affectation.objects.count() == 1
    assert Import.objects.filter(suite_de=depot).count() == 1
    assert [n.numero for n in depot.lignes.waiting().order_by("numero")] == [3, 4]


def test_a_row_taken_up_may_be_refused_and_says_why():
    load("agents", AGENTS, "9005200;BOULA;Nathalie")
    bring("11;9005200;2024-12-03;;27;")
    depot = bring("11;9004127;2024-12-03;;27;")
    load("agents", AGENTS, GONY)
    resume_waiting()
    suite = Import.objects.get(suite_de=depot)
    assert suite.bilan["refuses"] == 1
    assert "déjà celui d’une ligne de BOULA Nathalie" in suite.lignes.get().motif


def test_a_later_file_says_it_anew_and_the_older_row_waits_no_more():
    ancien = bring("11;9004127;2024-12-03;;27;")
    nouveau = bring("11;9004127;2024-12-10;;27;")
    assert not ancien.lignes.waiting().exists() and nouveau.lignes.count() == 1
    load("agents", AGENTS, GONY)
    resume_waiting()
    assert f"{Affectation.objects.get().date_debut}" == "2024-12-10"


def test_an_import_taken_back_waits_for_nothing():
    load("agents", AGENTS, "9005200;BOULA;Nathalie")
    depot = bring("11;9004127;2024-12-03;;27;", "12;9005200;2024-12-03;;27;")
    take_back(depot)
    load("agents", AGENTS, GONY)
    resume_waiting()
    assert not Affectation.objects.exists()


def test_whoever_may_import_no_more_has_nothing_taken_up():
    acteur = compte(Role.RH)
    depot = bring("11;9004127;2024-12-03;;27;", acteur=acteur)
    load("agents", AGENTS, GONY)
    acteur.groups.clear()
    resume_waiting()
    assert depot.lignes.count() == 1 and not Affectation.objects.exists()


def test_the_page_links_to_them_and_lets_one_give_them_up():
    depot = bring("11;9004127;2024-12-03;;27;", "12;9005200;2024-12-03;;27;")
    client = log_in(compte(Role.RH))
    bilan = client.get(reverse("imports:bilan", args=[depot.pk])).content.decode()
    adresse = reverse("imports:attentes", args=[depot.pk])
    assert "2 lignes attendent encore" in bilan and adresse in bilan
    page = client.get(adresse).content.decode()
    assert page.count("inconnu pour l’instant") == 2
    renoncer = reverse("imports:renoncer", args=[depot.pk])
    assert "Renoncer" in client.get(renoncer).content.decode()
    client.post(renoncer, {"raison": "Partis", "version": depot.version})
    assert not depot.lignes.exists()
    # What is typed stays with the import; the journal does not repeat it.
    assert LigneJournal.objects.get(acte="imports.drop_waiting").objet_libelle.endswith("2 lignes oubliées")
    bilan = client.get(reverse("imports:bilan", args=[depot.pk])).content.decode()
    assert "2 lignes oubliées. Raison donnée : Partis" in bilan
    assert drop_waiting(acteur=None, import_id=depot.pk, raison="Encore") == 0


def test_it_is_one_transaction_an_import(monkeypatch):
    depot = bring("11;9004127;2024-12-03;;27;")
    load("agents", AGENTS, GONY)
    monkeypatch.setattr("nouvea_sst.imports.actions.attentes.record_act", lambda **_: 1 / 0)
    resume_waiting()
    assert not Affectation.objects.exists() and depot.lignes.count() == 1
    assert not Import.objects.filter(suite_de=depot).exists()


def test_a_date_cut_out_of_a_column_is_read_again_as_its_file_was():
    load("agents", AGENTS, "9005200;BOULA;Nathalie")
    entete = "ID_AFFECTATION;ID_AGENT;Période;ID_SERVICE_ADS"
    # The first row proves that the month comes first; the second one says nothing of it by itself.
    lignes = "11;9005200;12/13/2024 12/20/2024;27", "12;9004127;03/04/2024 05/06/2024;27"
    contenu = "\n".join((entete, *lignes)).encode()
    depot = deposit_import(acteur=None, jour=JOUR, cible="affectations", nom_fichier="f.csv", contenu=contenu)
    colonnes = {"id affectation": "id_affectation", "id agent": "matricule", "id service ads": "structure"}
    reglages = Reglages(
        colonnes | {"periode": "date_debut"},
        assemblages=Assemblages({}, {"periode": Coupe("premier", "", "date_fin")}),
    )
    change_reglages(acteur=None, jour=JOUR, import_id=depot.pk, reglages=reglages)
    depot = apply_import(acteur=None, jour=JOUR, import_id=depot.pk)
    assert (depot.bilan["crees"], depot.bilan["attentes"], depot.apercu["ordre_date"]) == (1, 1, "mja")
    load("agents", AGENTS, GONY)
    resume_waiting()
    reprise = Affectation.objects.get(agent__nom="GONY")
    assert (f"{reprise.date_debut}", f"{reprise.date_fin}") == ("2024-03-04", "2024-05-06")


def test_each_column_is_read_again_in_its_own_order():
    load("agents", AGENTS, "9005200;BOULA;Nathalie")
    entete = "ID_AFFECTATION;ID_AGENT;Début;Suite;ID_SERVICE_ADS"
    lignes = "11;9005200;13/12/2024;12/20/2024 x;27", "12;9004127;03/04/2024;05/06/2024 x;27"
    contenu = "\n".join((entete, *lignes)).encode()
    depot = deposit_import(acteur=None, jour=JOUR, cible="affectations", nom_fichier="f.csv", contenu=contenu)
    colonnes = {"id affectation": "id_affectation", "id agent": "matricule", "id service ads": "structure"}
    reglages = Reglages(
        colonnes | {"debut": "date_debut", "suite": "date_fin"},
        assemblages=Assemblages({}, {"suite": Coupe("premier", "", "")}),
    )
    change_reglages(acteur=None, jour=JOUR, import_id=depot.pk, reglages=reglages)
    apply_import(acteur=None, jour=JOUR, import_id=depot.pk)
    load("agents", AGENTS, GONY)
    resume_waiting()
    reprise = Affectation.objects.get(agent__nom="GONY")
    assert (f"{reprise.date_debut}", f"{reprise.date_fin}") == ("2024-04-03", "2024-05-06")
