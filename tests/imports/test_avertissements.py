"""Warnings: what deserves a look and is written all the same, counted apart from the refusals."""

import datetime
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from agents.models import Agent
from agents.rules.ressemblances import Semblables, Voisins, warn_dates
from nouvea_sst.comptes.enums import Role
from nouvea_sst.imports.actions import apply_import, deposit_import
from tests.agents.factories import AgentFactory, PosteFactory, StructureFactory
from tests.imports.fichiers import BOULA, ENTETE, GONY, make_csv
from tests.imports.test_views import page

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)
NAISSANCE = datetime.date(1980, 3, 12)


def deposit(lignes, entete=ENTETE):
    return deposit_import(
        acteur=None, jour=JOUR, cible="agents", nom_fichier="r.csv", contenu=make_csv(lignes, entete=entete)
    )


def warnings(depot):
    return list(depot.lignes.exclude(avertissement="").values_list("avertissement", flat=True))


def person(nom, prenom, naissance=NAISSANCE):
    return {"nom": nom, "prenom": prenom, "date_naissance": naissance}


@pytest.mark.parametrize(
    ("un", "autre", "pareils"),
    [
        (person("Boula", "Nathalie"), person("Boulla", "Nathalie"), True),
        (person("Boula", "Nathalie"), person("Nathalie", "Boula"), True),
        (person("Boula", "Nathalie"), person("Boula", "Nathalie", None), True),
        (person("Boula", "Nathalie"), person("Boula", "Nathalie", NAISSANCE.replace(year=1981)), True),
        (person("Boula", "Nathalie"), person("Boula", "Nathalie", datetime.date(1980, 12, 3)), True),
        (person("Boula", "Nathalie"), person("Boula", "Nathalie", datetime.date(1969, 1, 30)), False),
        (person("Boula", "Nathalie"), person("Boula", "Théodore"), False),
        (person("Boula", "Nathalie"), person("Gony", "Nathalie"), False),
    ],
)
def test_two_agents_nearly_the_same(un, autre, pareils):
    connus = Semblables()
    connus.add(un, "elle")
    assert connus.find(autre) == ("elle" if pareils else "")


def test_label_that_nearly_repeats_another():
    voisins = Voisins.of(["Jardinier", "Agent d’entretien"])
    assert voisins.find("Jardinnier") == "Jardinier"
    assert voisins.find("Jardinière en chef de la pépinière") == voisins.find("Élagueur") == ""


def test_dates_that_are_unlikely():
    vieux = datetime.date(1950, 1, 1)
    assert len(warn_dates({"date_naissance": vieux}, JOUR, 70)) == 1
    assert warn_dates({"date_naissance": vieux, "date_depart": JOUR}, JOUR, 70) == []
    assert warn_dates({"date_naissance": NAISSANCE}, JOUR, 70) == []
    demain = JOUR + datetime.timedelta(days=1)
    assert [a.colonne for a in warn_dates({"date_embauche": demain}, JOUR, 70)] == ["date_embauche"]


def test_warned_row_is_written_and_counted_apart():
    AgentFactory(nom="Boulla", prenom="Nathalie", date_naissance=NAISSANCE)
    depot = deposit([BOULA, [*GONY[:4], "05/11/1948", *GONY[5:]]], entete=ENTETE)
    nombres = depot.apercu["nombres"]
    assert (nombres["crees"], nombres["refuses"], nombres["avertis"]) == (2, 0, 2)
    assert "presque pareil à Nathalie Boulla" in warnings(depot)[0]
    assert "l’agent aurait 78 ans" in warnings(depot)[1]
    apply_import(acteur=None, jour=JOUR, import_id=depot.pk)
    assert Agent.objects.count() == 3


def test_nearly_the_same_person_twice_in_the_file():
    depot = deposit([BOULA, ["9999", "BOULLA", *BOULA[2:]]])
    assert "ligne 2" in warnings(depot)[0] and depot.apercu["nombres"]["avertis"] == 1


def test_unknown_structure_is_told_once_the_city_has_some():
    assert warnings(deposit([BOULA])) == []
    StructureFactory(sigle="DRH", libelle="Ressources humaines")
    assert "sera créée" in warnings(deposit([BOULA]))[0]


def test_post_nearly_known_is_told_and_can_be_matched(client_de):
    PosteFactory(intitule="Jardinier")
    rh = client_de(Role.RH)
    depot = deposit([["BOULA", "Nathalie", "Jardinnier"]], entete=["Nom", "Prénom", "Poste"])
    assert "presque pareil à « Jardinier »" in warnings(depot)[0]
    assert depot.apercu["inconnues"] == [{"champ": "poste", "valeur": "Jardinnier", "nombre": 1}]
    saisie = {"colonne_0": "nom", "colonne_1": "prenom", "colonne_2": "poste", "valeur_0": "Jardinier"}
    rh.post(reverse("imports:colonnes", args=[depot.pk]), saisie | {"version": depot.version})
    depot.refresh_from_db()
    assert depot.apercu["ajouts"] == [] and depot.apercu["nombres"]["avertis"] == 0


def test_unchanged_row_warns_no_more():
    apply_import(acteur=None, jour=JOUR, import_id=deposit([[*BOULA[:4], "12/03/1940", *BOULA[5:]]]).pk)
    depot = deposit([[*BOULA[:4], "12/03/1940", *BOULA[5:]]])
    assert (depot.apercu["nombres"]["inchanges"], depot.apercu["nombres"]["avertis"]) == (1, 0)


def test_preview_has_them_apart_and_the_workbook_a_column(client_de):
    AgentFactory(nom="Boulla", prenom="Nathalie", date_naissance=NAISSANCE)
    rh, depot = client_de(Role.RH), deposit([BOULA, [*GONY[:7], ""]])
    texte = page(rh, "apercu", depot.pk, "?vue=avertis")
    assert "À vérifier" in texte and "BOULA Nathalie" in texte and "GONY" not in texte
    assert "Avertissement" in texte and "Avertissement" not in page(rh, "apercu", depot.pk, "?vue=crees")
    classeur = rh.get(reverse("imports:apercu", args=[depot.pk]) + "?vue=crees&format=xlsx")
    lignes = list(load_workbook(io.BytesIO(classeur.content)).active.iter_rows(values_only=True))
    assert lignes[0][-1] == "Avertissement" and "presque pareil" in lignes[1][-1]
    sans = deposit([[*GONY[:7], ""]])
    assert "À vérifier" not in page(rh, "apercu", sans.pk)
    assert page(rh, "apercu", sans.pk, "?vue=avertis")
