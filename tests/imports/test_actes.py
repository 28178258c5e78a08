"""Deposit, correct, apply, give up."""

import datetime

import pytest

from agents.models import Affectation, Agent, Poste, Site, Structure
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.imports.actions import (
    ImportClos,
    abandon_import,
    apply_import,
    change_reglages,
    deposit_import,
    request_application,
)
from nouvea_sst.imports.enums import EffetLigne, EtatImport
from nouvea_sst.imports.lecture.refus import FichierIllisible
from nouvea_sst.imports.models import Import, Profil
from nouvea_sst.imports.moteur.analyse import Reglages
from tests.agents.factories import AgentFactory
from tests.architecture.ecritures import written_tables
from tests.imports.fichiers import BOULA, ENTETE, GONY, SAO, make_csv

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)
ENTETE_LONG = [*ENTETE, "Poste", "Site"]


def deposit(lignes, entete=ENTETE, **options):
    contenu = make_csv(lignes, entete=entete)
    return deposit_import(
        acteur=None, jour=JOUR, cible="agents", nom_fichier="r.csv", contenu=contenu, **options
    )


def load(lignes, entete=ENTETE, jour=JOUR):
    depot = deposit(lignes, entete)
    return apply_import(acteur=None, jour=jour, import_id=depot.pk)


def counts(depot):
    return tuple(depot.bilan[n] for n in ("crees", "modifies", "inchanges", "refuses"))


def test_deposit_writes_nothing_but_the_import():
    with written_tables() as ecrites:
        depot = deposit([BOULA, GONY])
    assert ecrites <= {"imports_import", "imports_ligneimport", "comptes_lignejournal"}
    assert depot.apercu["nombres"]["crees"] == 2
    assert [(n.numero, n.libelle, n.repere) for n in depot.lignes.all()] == [
        (2, "BOULA Nathalie", "3120"),
        (3, "GONY Didier", "4066"),
    ]
    assert depot.apercu["ajouts"][0] == {
        "titre": "structure",
        "nombre": 2,
        "libelles": ["DEPEV – Espaces verts", "ATM – Magasin général"],
    }


def test_unreadable_file_keeps_nothing():
    with pytest.raises(FichierIllisible):
        deposit_import(acteur=None, jour=JOUR, cible="agents", nom_fichier="r.csv", contenu=b"%PDF-1.7")
    assert not Import.objects.exists()


def test_applied_rows_become_agents_with_structure_and_affectation():
    applique = load([BOULA, GONY, SAO])
    assert counts(applique) == (3, 0, 0, 0)
    boula = Agent.objects.get(matricule="3120")
    assert (boula.nom, boula.prenom, boula.sexe, boula.statut) == ("BOULA", "Nathalie", "F", "F")
    assert boula.date_naissance == datetime.date(1980, 3, 12)
    assert boula.nom_cle == "boula nathalie"
    assert boula.structure.sigle == "DEPEV" and boula.structure.chemin == f"{boula.structure.pk}/"
    affectation = boula.affectations.get()
    assert (affectation.date_debut, affectation.date_fin) == (datetime.date(2010, 2, 1), None)
    assert set(Agent.objects.values_list("statut", flat=True)) == {"F", "C", "CC"}
    assert applique.etat == EtatImport.APPLIQUE and applique.applique_le is not None


def test_same_file_twice_changes_nothing():
    load([BOULA, GONY, SAO])
    avant = list(Agent.objects.order_by("pk").values())
    with written_tables() as ecrites:
        assert counts(load([BOULA, GONY, SAO])) == (0, 0, 3, 0)
    assert list(Agent.objects.order_by("pk").values()) == avant
    assert not {"agents_agent", "agents_affectation", "agents_structure"} & ecrites


def test_changed_fields_alone_are_written_with_the_version():
    load([BOULA, GONY])
    boula = [*BOULA]
    boula[1], boula[3] = "BOULA-IXEKO", ""
    assert counts(load([boula, GONY])) == (0, 1, 1, 0)
    agent = Agent.objects.get(matricule="3120")
    assert (agent.nom, agent.nom_cle, agent.sexe, agent.version) == (
        "BOULA-IXEKO",
        "boula ixeko nathalie",
        "F",
        2,
    )


def test_change_of_service_closes_the_affectation_and_opens_another():
    load([BOULA])
    load([[*BOULA[:-1], "SEFP"]])
    agent = Agent.objects.get()
    anciennes = list(agent.affectations.order_by("date_debut"))
    assert agent.structure.sigle == "SEFP"
    assert [(a.date_debut, a.date_fin) for a in anciennes] == [
        (datetime.date(2010, 2, 1), JOUR - datetime.timedelta(days=1)),
        (JOUR, None),
    ]


def test_two_changes_on_one_day_correct_the_affectation_in_place():
    load([BOULA])
    load([[*BOULA[:-1], "SEFP"]])
    load([[*BOULA[:-1], "ATM"]])
    assert Affectation.objects.count() == 2
    assert Agent.objects.get().affectations.get(date_fin=None).structure.sigle == "ATM"


def test_posts_and_sites_are_made_once():
    poste = Poste.objects.create(intitule="Agent d’entretien")
    lignes = [[*BOULA, "AGENT D'ENTRETIEN", "Vallée des Colons"], [*GONY, "Jardinier", "vallee des colons"]]
    applique = load(lignes, ENTETE_LONG)
    assert applique.bilan["ajouts"]["poste"] == 1 and applique.bilan["ajouts"]["site"] == 1
    assert Agent.objects.get(matricule="3120").poste == poste
    assert Site.objects.get().libelle == "Vallée des Colons"
    assert Poste.objects.get(intitule="Jardinier").categorie_suivi == "simple"


def test_three_forms_of_the_matricule_are_one_person():
    load([BOULA])
    for forme in ("9003120", "903120", " 3 120 "):
        assert counts(load([[forme, *BOULA[1:6], BOULA[6], BOULA[7]]]))[0] == 0
    assert Agent.objects.count() == 1
    assert Agent.objects.get().collectivite.code == "VDN"


def test_register_of_the_former_software():
    entete = (
        "ID_AGENT;NOMATR;NOM_USAGE;PRENOM_USAGE;NOM_PATRONYMIQUE;CIVILITE;SEXE;DATE_NAISSANCE;"
        "DATE_DERNIERE_EMBAUCHE;NUM_CAFAT;NUM_RUAMM;ID_COLLECTIVITE;ID_TIARHE;CDCATE;EMAIL"
    ).split(";")
    lignes = [
        (
            "9005138;5138;BOULA     ;NATHALIE  ;GONY;1;F;1980-03-12;20100201;0123456;0987;90;T42;4;"
            "N.Boula@v.nc"
        ).split(";"),
        "4000021;21;SAO;FranÃ§oise;;1;;0001-01-01;0;;;40;;9;".split(";"),
    ]
    assert counts(load(lignes, entete)) == (2, 0, 0, 0)
    boula, sao = Agent.objects.order_by("nom")
    assert (boula.matricule, boula.prenom, boula.nom_naissance, boula.civilite) == (
        "5138",
        "Nathalie",
        "GONY",
        "mme",
    )
    assert (boula.statut, boula.code_categorie) == ("C", 4)
    assert (boula.num_cafat, boula.num_ruamm) == ("0123456", "0987")
    assert boula.date_embauche == datetime.date(2010, 2, 1)
    assert (sao.matricule, sao.prenom, sao.sexe, sao.est_elu) == ("0021", "Françoise", "F", True)
    assert (sao.date_naissance, sao.date_embauche, sao.collectivite.code) == (None, None, "CDE")
    assert counts(load(lignes, entete)) == (0, 0, 2, 0)


def test_leavers_and_people_absent_from_the_file_are_left_alone():
    parti = AgentFactory(nom="Parti", date_depart=datetime.date(2020, 1, 1))
    avant = Agent.objects.filter(pk=parti.pk).values().get()
    load([BOULA])
    assert Agent.objects.filter(pk=parti.pk).values().get() == avant


def test_refused_rows_are_kept_with_their_reason_and_their_cells():
    mauvais = [*GONY[:5], "31/02/2024", *GONY[6:]]
    applique = load([BOULA, mauvais])
    assert counts(applique) == (1, 0, 0, 1)
    (ligne,) = applique.lignes.all()
    assert (ligne.numero, ligne.colonne, ligne.valeur) == (3, "Date d’embauche", "31/02/2024")
    assert ligne.effet == EffetLigne.REFUSE and ligne.cellules == mauvais


def test_matricule_of_somebody_else_is_refused_with_his_name():
    AgentFactory(nom="Naoutchoué", prenom="Michel", matricule="3120", date_naissance=None)
    applique = load([BOULA])
    assert applique.lignes.get().motif.startswith("Déjà celui de Michel Naoutchoué.")
    assert Agent.objects.count() == 1


def test_people_without_matricule_are_found_again():
    anonymes = [["", *BOULA[1:]], ["", *GONY[1:]], SAO, SAO]
    assert counts(load(anonymes)) == (3, 0, 0, 1)
    assert counts(load(anonymes)) == (0, 0, 3, 1)


def test_nothing_is_written_when_one_write_fails(monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("panne")

    monkeypatch.setattr("agents.actions.registre._open_affectations", fail)
    depot = deposit([BOULA])
    with pytest.raises(RuntimeError):
        apply_import(acteur=None, jour=JOUR, import_id=depot.pk)
    assert not Agent.objects.exists() and not Structure.objects.exists()
    depot.refresh_from_db()
    assert depot.etat == EtatImport.DEPOSE


def test_what_follows_is_queued(monkeypatch):
    appels = []
    monkeypatch.setattr("agents.actions.registre.defer_followups", lambda: appels.append(1))
    load([BOULA])
    load([BOULA])
    assert appels == [1]


def test_an_import_is_applied_once():
    depot = deposit([BOULA])
    apply_import(acteur=None, jour=JOUR, import_id=depot.pk)
    with pytest.raises(ImportClos):
        apply_import(acteur=None, jour=JOUR, import_id=depot.pk)
    with pytest.raises(ImportClos):
        abandon_import(acteur=None, import_id=depot.pk, raison="Essai")


def test_asked_twice_the_job_is_one():
    depot = deposit([BOULA])
    assert request_application(acteur=None, import_id=depot.pk) == request_application(
        acteur=None, import_id=depot.pk
    )
    depot.refresh_from_db()
    assert depot.etat == EtatImport.EN_COURS


def test_given_up_import_loses_file_and_preview():
    depot = deposit([BOULA])
    abandonne = abandon_import(acteur=None, import_id=depot.pk, raison="Essai")
    abandonne.refresh_from_db()
    assert (bytes(abandonne.contenu), abandonne.apercu, abandonne.lignes.count()) == (b"", {}, 0)
    with pytest.raises(ImportClos):
        request_application(acteur=None, import_id=depot.pk)


def test_corrected_columns_are_kept_as_a_profile_and_serve_again():
    entete = ["Colonne A", "Colonne B", "Colonne C", "Autre"]
    lignes = [["BOULA", "Nathalie", "3120", "x"]]
    depot = deposit(lignes, entete)
    assert "Nom d’usage" in depot.apercu["manque"]
    with pytest.raises(ImportClos):
        request_application(acteur=None, import_id=depot.pk)
    colonnes = {"colonne a": "nom", "colonne b": "prenom", "colonne c": "matricule"}
    change_reglages(
        acteur=None,
        jour=JOUR,
        import_id=depot.pk,
        reglages=Reglages(colonnes, "matricule"),
        nom_profil="SIRH",
    )
    profil = Profil.objects.get()
    assert (profil.nom, profil.colonnes, profil.cle) == ("SIRH", colonnes, "matricule")
    autre = deposit(lignes, entete, profil="SIRH")
    assert autre.apercu["nombres"]["crees"] == 1 and autre.profil == "SIRH"


def test_every_act_leaves_one_line_and_one_for_each_agent():
    depot = deposit([BOULA])
    change_reglages(acteur=None, jour=JOUR, import_id=depot.pk, reglages=Reglages())
    apply_import(acteur=None, jour=JOUR, import_id=depot.pk)
    actes = list(LigneJournal.objects.order_by("pk").values_list("acte", flat=True))
    assert actes == [
        "imports.deposit_import",
        "imports.change_reglages",
        "agents.load_registre",
        "agents.load_registre",
        "imports.apply_import",
    ]
