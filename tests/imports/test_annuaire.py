"""Whom a row speaks of."""

import datetime

import pytest

from agents.rules.annuaire import Annuaire, Fiche, is_somebody_else, list_name
from nouvea_sst.imports.rules.cible import Cle
from nouvea_sst.imports.rules.cles import key_text

NE = datetime.date(1980, 3, 12)
MATRICULE, IDENTITE = Cle(("matricule",)), Cle(("nom", "prenom", "date_naissance"))
EMBAUCHE = Cle(("nom", "prenom", "date_embauche"))


def personne(nom="BOULA", prenom="Nathalie", **autres):
    base = {
        "nom": nom,
        "prenom": prenom,
        "nom_naissance": "",
        "matricule": None,
        "num_cafat": "",
        "num_ruamm": "",
    }
    return base | {"date_naissance": None, "date_embauche": None} | autres


def find(fiches, lu, cle, numero=2, annuaire=None):
    return (annuaire or Annuaire(fiches)).find(numero, lu, key_text(cle, lu))


def test_by_matricule():
    fiche = Fiche(7, "", personne(matricule="3120"))
    assert find([fiche], personne(matricule="3120"), MATRICULE).pk == 7
    assert find([fiche], personne(matricule="3121"), MATRICULE).pk is None


@pytest.mark.parametrize(
    "connu, lu, autre",
    [
        (personne(), personne(nom="IXEKO"), False),
        (personne(), personne(prenom="Nadège"), False),
        (personne(), personne(nom="IXEKO", prenom="Nadège"), True),
        (personne(), personne(nom="BOULA-IXEKO", prenom="Nadège"), False),
        (personne(nom_naissance="IXEKO"), personne(nom="IXEKO", prenom="Nadège"), False),
        (personne(date_naissance=NE), personne(nom="IXEKO", prenom="Nadège", date_naissance=NE), False),
        (personne(date_naissance=NE), personne(nom="IXEKO", prenom="Nadège"), True),
        (personne(nom="DE SOUZA"), personne(nom="DE LA CRUZ", prenom="Nadège"), True),
        (personne(nom="LI", prenom="Jo"), personne(nom="LI", prenom="Anne"), False),
    ],
)
def test_marriage_is_no_exchange_of_persons(connu, lu, autre):
    assert is_somebody_else(connu, lu) is autre


def test_matricule_of_somebody_else_names_him():
    fiche = Fiche(7, "", personne("Naoutchoué", "Michel", matricule="3055"))
    faute = find([fiche], personne("LECOURIEUX", "Anne", matricule="3055"), MATRICULE).faute
    assert faute.motif == (
        "Déjà celui de Michel Naoutchoué. Deux personnes ne peuvent pas porter le même matricule."
    )
    assert (faute.colonne, faute.valeur) == ("matricule", "3055")


def test_person_without_matricule_receives_one():
    fiche = Fiche(7, "", personne(date_naissance=NE))
    assert find([fiche], personne(matricule="3120", date_naissance=NE), MATRICULE).pk == 7
    assert find([fiche], personne(matricule="3120"), MATRICULE).pk is None


def test_same_person_under_another_matricule_is_refused():
    fiche = Fiche(7, "", personne(matricule="3120", date_naissance=NE))
    faute = find([fiche], personne(matricule="3121", date_naissance=NE), MATRICULE).faute
    assert "existe déjà sous le numéro 3120" in faute.motif


def test_by_the_key_that_brought_him_even_after_a_correction():
    lu = personne(date_embauche=NE)
    corrige = Fiche(7, key_text(EMBAUCHE, lu), personne("BOULA-IXEKO", date_embauche=NE))
    assert find([corrige], lu, EMBAUCHE).pk == 7


def test_a_file_of_another_kind_finds_him_by_his_values():
    lu = personne(date_naissance=NE, date_embauche=NE)
    fiche = Fiche(7, key_text(EMBAUCHE, lu), lu)
    assert find([fiche], lu, IDENTITE).pk == 7


def test_incomplete_values_find_nobody():
    assert find([Fiche(7, "", personne())], personne(), IDENTITE).pk is None


def test_somebody_brought_by_another_row_of_the_same_kind_of_file_is_not_taken():
    autre = Fiche(7, key_text(IDENTITE, personne("GONY", date_naissance=NE)), personne(date_naissance=NE))
    assert find([autre], personne(date_naissance=NE), IDENTITE).pk is None


def test_two_agents_of_the_same_key_are_refused():
    fiches = [Fiche(n, "", personne(date_naissance=NE)) for n in (7, 8)]
    assert (
        "2 agents portent déjà cette clé" in find(fiches, personne(date_naissance=NE), IDENTITE).faute.motif
    )


def test_row_without_key_is_found_by_its_matricule():
    fiche = Fiche(7, "", personne(matricule="3120"))
    assert find([fiche], personne(matricule="3120", date_naissance=NE), IDENTITE).pk == 7
    autre = find([fiche], personne("GONY", "Didier", matricule="3120", date_naissance=NE), IDENTITE)
    assert "Déjà celui de Nathalie BOULA" in autre.faute.motif


@pytest.mark.parametrize(
    "champ, quoi", [("matricule", "matricule"), ("num_cafat", "numéro CAFAT"), ("num_ruamm", "numéro RUAMM")]
)
def test_number_taken_by_an_earlier_row(champ, quoi):
    annuaire = Annuaire([])
    un, deux = (personne(nom, **{champ: "3120", "date_naissance": NE}) for nom in ("BOULA", "GONY"))
    assert find([], un, IDENTITE, 2, annuaire).faute is None
    faute = find([], deux, IDENTITE, 3, annuaire).faute
    assert (
        faute.motif
        == f"Déjà celui de Nathalie BOULA, ligne 2. Deux personnes ne peuvent pas porter le même {quoi}."
    )


def test_names_in_lists():
    assert list_name(personne("Boula")) == "BOULA Nathalie"
    assert list_name({}) == "Sans nom"
