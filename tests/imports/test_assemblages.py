"""Columns joined into one field, a column cut into two: said once, kept in the profile."""

import datetime

import pytest
from django.urls import reverse

from agents.models import Agent
from nouvea_sst.comptes.enums import Role
from nouvea_sst.imports.actions import apply_import, deposit_import
from nouvea_sst.imports.models import Import, Profil
from nouvea_sst.imports.rules.assemblages import Assemblages, Coupe, find_readings
from tests.imports.fichiers import make_csv
from tests.imports.test_refus import send_back
from tests.imports.test_views import page, seen

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)


@pytest.fixture
def rh(client_de):
    return client_de(Role.RH)


def deposit(entete, *lignes, profil=""):
    contenu = make_csv(lignes, entete=entete)
    return deposit_import(
        acteur=None, jour=JOUR, cible="agents", nom_fichier="r.csv", contenu=contenu, profil=profil
    )


def decide(client, depot, **saisie):
    reponse = client.post(reverse("imports:colonnes", args=[depot.pk]), saisie | seen(depot))
    depot.refresh_from_db()
    return reponse


@pytest.mark.parametrize(
    ("coupe", "texte", "parts"),
    [
        (Coupe("premier", "", "x"), "BOULA Nathalie Anne", ("BOULA", "Nathalie Anne")),
        (Coupe("dernier", "", "x"), "DE LA TOUR Nathalie", ("DE LA TOUR", "Nathalie")),
        (Coupe("dernier", "", "x"), "BOULA", ("BOULA", "")),
        (Coupe("separateur", " - ", "x"), "DRH - Paie", ("DRH", "Paie")),
        (Coupe("separateur", ";", "x"), "DRH", ("DRH", "")),
        (Coupe("position", "4", "x"), "3120BOULA", ("3120", "BOULA")),
        (Coupe("position", "4", "x"), "31", ("31", "")),
    ],
)
def test_a_text_is_cut(coupe, texte, parts):
    assert coupe.cut(texte) == parts


def test_readings_join_in_the_order_of_the_columns_and_survive_json():
    assemblages = Assemblages({"poste": "tiret"}, {"agent": Coupe("premier", "", "prenom")})
    assert Assemblages.from_json(assemblages.as_json()) == assemblages
    un, deux, joint = find_readings(
        ["Agent", "Emploi", "Grade"], {0: "nom", 1: "poste", 2: "poste"}, assemblages
    )
    ligne = ["BOULA Nathalie", "Jardinier", "chef"]
    assert [n.read(ligne) for n in (un, deux, joint)] == ["BOULA", "Nathalie", "Jardinier - chef"]
    assert joint.name(["Agent", "Emploi", "Grade"]) == "Emploi + Grade"
    assert joint.read(["BOULA Nathalie", "Jardinier"]) == "Jardinier" and deux.read([]) == ""


def test_two_columns_fill_one_field_once_one_says_how(rh):
    depot = deposit(["Nom", "Prénom", "Emploi", "Grade"], ["BOULA", "Nathalie", "Jardinier", "chef"])
    saisie = {"colonne_0": "nom", "colonne_1": "prenom", "colonne_2": "poste", "colonne_3": "poste"}
    reponse = decide(rh, depot, **saisie)
    texte = reponse.content.decode()
    assert "Déjà donné par la colonne « Emploi »" in texte and "Colonnes à joindre" in texte
    assert decide(rh, depot, **saisie, joindre_poste="tiret", nom_profil="Joints").status_code == 302
    assert "Emploi + Grade jointes" in page(rh, "apercu", depot.pk)
    assert "Colonnes à joindre" in page(rh, "colonnes", depot.pk)
    apply_import(acteur=None, jour=JOUR, import_id=depot.pk)
    assert Agent.objects.get().poste.intitule == "Jardinier - chef"
    suite = deposit(["Nom", "Prénom", "Emploi", "Grade"], ["GONY", "Didier", "Agent", ""], profil="Joints")
    assert suite.apercu["colonnes"]["3"] == "poste"
    apply_import(acteur=None, jour=JOUR, import_id=suite.pk)
    assert Agent.objects.get(nom="GONY").poste.intitule == "Agent"


def test_one_column_fills_two_fields_and_the_profile_keeps_it(rh):
    depot = deposit(["Z1", "Z2"], ["3120/BOULA", "Anne"], ["4066/GONY", "Didier"])
    saisie = {"colonne_0": "matricule", "colonne_1": "prenom", "couper_0": "separateur", "repere_0": "/"}
    reponse = decide(rh, depot, **saisie, second_0="nom", nom_profil="Coupés")
    assert reponse.status_code == 302, reponse.content.decode()
    assert "Z1 coupée en deux" in page(rh, "apercu", depot.pk)
    apply_import(acteur=None, jour=JOUR, import_id=depot.pk)
    assert set(Agent.objects.values_list("matricule", "nom")) == {("3120", "BOULA"), ("4066", "GONY")}
    assert Profil.objects.get().assemblages["coupes"] == {"z1": ["separateur", "/", "nom"]}
    suite = deposit(["Z1", "Z2"], ["1877/SAO", "Thérèse"], profil="Coupés")
    assert suite.apercu["nombres"]["crees"] == 1


def test_cut_that_says_too_little_is_refused_beside_its_field(rh):
    depot = deposit(["Z1", "Z2"], ["3120/BOULA", "Anne"])
    base = {"colonne_0": "nom", "colonne_1": "prenom", "couper_0": "separateur"}
    assert "Tapez le signe où couper." in decide(rh, depot, **base).content.decode()
    position = base | {"couper_0": "position", "repere_0": "x"}
    assert "après combien de signes" in decide(rh, depot, **position).content.decode()
    pris = base | {"repere_0": "/", "second_0": "prenom"}
    assert "déjà rempli par une autre colonne" in decide(rh, depot, **pris).content.decode()
    muette = {"colonne_0": "", "colonne_1": "nom_complet", "couper_0": "premier"}
    assert "Dites d’abord" in decide(rh, depot, **muette).content.decode()


def test_other_joints_of_a_profile_are_not_replaced_without_a_word(rh):
    depot = deposit(["Nom", "Prénom", "Emploi", "Grade"], ["BOULA", "Nathalie", "Jardinier", "chef"])
    saisie = {"colonne_0": "nom", "colonne_1": "prenom", "colonne_2": "poste", "colonne_3": "poste"}
    decide(rh, depot, **saisie, joindre_poste="tiret", nom_profil="Joints")
    texte = decide(rh, depot, **saisie, joindre_poste="virgule", nom_profil="Joints").content.decode()
    assert "existe avec d’autres réglages" in texte


def test_refused_row_of_a_cut_column_comes_back_the_same(rh):
    depot = deposit(
        ["Z1", "Z2", "Z3"], ["3120/BOULA", "Anne", "31/02/1980"], ["4066/GONY", "Didier", "01/02/1980"]
    )
    saisie = {"colonne_0": "matricule", "colonne_1": "prenom", "colonne_2": "date_naissance"}
    decide(rh, depot, **saisie, couper_0="separateur", repere_0="/", second_0="nom")
    assert depot.apercu["nombres"]["refuses"] == 1
    retour = send_back(rh, Import.objects.get(pk=depot.pk), {"G2": "28/02/1980"})
    assert retour.apercu["nombres"]["crees"] == 1
    assert retour.lignes.get().libelle == "BOULA Anne"
