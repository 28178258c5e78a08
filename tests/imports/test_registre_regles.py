"""What a personnel register's cells mean, and what is refused in a row."""

import datetime

import pytest

from agents.rules.matricule import Matricule, MatriculeInvalide
from agents.rules.registre import (
    are_full_names,
    check_row,
    complete,
    describe_matricules,
    read_collectivite,
    read_courriel,
    read_matricule,
    read_prenom,
    split_full_name,
)

JOUR = datetime.date(2026, 11, 24)


@pytest.mark.parametrize(
    "texte, nom, prenom",
    [
        ("Kam, Kelly A.", "Kam", "Kelly A."),
        ("O'Brien, Mary", "O'Brien", "Mary"),
        ("de la Cruz, Juan, Jr", "de la Cruz", "Juan, Jr"),
        ("LE GOFF Jean Marie", "LE GOFF", "Jean Marie"),
        ("HNAWEONGO Claire", "HNAWEONGO", "Claire"),
        ("Boula Nathalie", "Boula", "Nathalie"),
        ("SAO ANNE", "SAO", "ANNE"),
        ("NAOUTCHOUÉ Michel", "NAOUTCHOUÉ", "Michel"),
    ],
)
def test_full_names_are_split(texte, nom, prenom):
    assert split_full_name(texte) == (nom, prenom)


@pytest.mark.parametrize("texte", ["BOULA", "Jean Marie Le Goff", "LE GOFF JEAN", "Kam,", ", Kelly", ","])
def test_names_that_do_not_split_are_refused(texte):
    with pytest.raises(ValueError, match="ne se séparent pas"):
        split_full_name(texte)


def test_split_names_keep_to_their_length():
    with pytest.raises(ValueError, match="81 caractères ; le maximum est de 80"):
        split_full_name(f"{'x' * 81}, Anne")


@pytest.mark.parametrize(
    "lu, garde", [("JEAN-PIERRE", "Jean-Pierre"), ("Kelly A.", "Kelly A."), ("JO", "JO")]
)
def test_first_names_in_capitals(lu, garde):
    assert read_prenom(lu) == garde


@pytest.mark.parametrize(
    "texte, lu",
    [
        ("3120", Matricule("3120")),
        ("9003120", Matricule("3120", "90")),
        ("903120", Matricule("3120", "90")),
        ("4003120", Matricule("3120", "40")),
        ("120", Matricule("0120")),
        ("0", None),
        ("0000", None),
    ],
)
def test_three_forms_of_the_matricule(texte, lu):
    assert read_matricule(texte) == lu


def test_wrong_matricule():
    with pytest.raises(MatriculeInvalide, match="chiffres"):
        read_matricule("A312")


@pytest.mark.parametrize("texte", ["a", "a@b", "a b@c.nc", "@c.nc", "a@b@c.nc", "x" * 250 + "@c.nc"])
def test_wrong_addresses(texte):
    with pytest.raises(ValueError, match="courriel"):
        read_courriel(texte)


def test_address():
    assert read_courriel("N.Boula@Ville-Noumea.NC") == "n.boula@ville-noumea.nc"


@pytest.mark.parametrize(
    "texte, code", [("90", "VDN"), ("cde", "CDE"), ("Caisse des Ecoles", "CDE"), ("50", "CCAS")]
)
def test_collectivite(texte, code):
    assert read_collectivite(texte) == code


def test_unknown_collectivite():
    with pytest.raises(ValueError, match="VDN, CDE ou CCAS"):
        read_collectivite("Dumbéa")


def test_column_of_full_names():
    assert are_full_names(["Kam, Kelly"] * 9 + ["Kam Kelly"])
    assert not are_full_names(["Kam, Kelly"] * 8 + ["Kam Kelly"] * 2)
    assert not are_full_names([])


def test_words_on_matricules():
    assert describe_matricules(["3120", "9003120", ""]) == "matricules à 4 et 7 chiffres"
    assert describe_matricules(["3120"]) == "matricules à 4 chiffres"
    assert describe_matricules(["AB"]) == ""
    assert describe_matricules(["007002", "3120"]) == (
        "matricules à 4 chiffres, zéros devant lus sans eux (007002 : 7002)"
    )
    assert describe_matricules(["7002.0", "AB"]) == "écritures lues comme des nombres (7002.0 : 7002)"


@pytest.mark.parametrize(
    "valeurs, attendu",
    [
        ({"nom_complet": ("Kam", "Kelly")}, {"nom": "Kam", "prenom": "Kelly"}),
        ({"nom": None, "nom_naissance": "SAO"}, {"nom": "SAO", "nom_naissance": "SAO"}),
        ({"civilite": "mme"}, {"civilite": "mme", "sexe": "F"}),
        ({"civilite": "m", "sexe": "F"}, {"civilite": "m", "sexe": "F"}),
        ({"matricule": Matricule("3120")}, {"matricule": "3120"}),
        ({"matricule": Matricule("3120", "40")}, {"matricule": "3120", "collectivite": "CDE"}),
        ({"code_categorie": 4}, {"code_categorie": 4, "est_elu": False, "statut": "C"}),
        ({"code_categorie": 9}, {"code_categorie": 9, "est_elu": True, "statut": None}),
        ({"code_categorie": None, "statut": "F"}, {"code_categorie": None, "statut": "F"}),
    ],
)
def test_what_follows_from_the_cells(valeurs, attendu):
    complete(valeurs)
    assert valeurs == attendu


def jour(texte):
    return datetime.datetime.strptime(texte, "%d/%m/%Y").date()  # noqa: DTZ007


@pytest.mark.parametrize(
    "champs, champ, motif",
    [
        ({"date_naissance": "01/01/2030"}, "date_naissance", "Cette date est dans l’avenir."),
        (
            {"date_naissance": "01/01/1920"},
            "date_naissance",
            "L’agent aurait plus de 100 ans : vérifiez l’année.",
        ),
        (
            {"date_naissance": "12/03/1980", "date_embauche": "12/03/1980"},
            "date_embauche",
            "L’embauche précède la naissance, le 12/03/1980.",
        ),
        (
            {"date_naissance": "12/03/1980", "date_embauche": "11/03/1996"},
            "date_embauche",
            "L’agent n’aurait pas eu 16 ans.",
        ),
        (
            {"date_embauche": "02/01/2020", "date_depart": "01/01/2020"},
            "date_depart",
            "Le départ précède l’embauche.",
        ),
    ],
)
def test_dates_that_make_no_sense(champs, champ, motif):
    (faute,) = check_row({nom: jour(texte) for nom, texte in champs.items()}, JOUR, 16)
    assert (faute.colonne, faute.motif) == (champ, motif)
    assert faute.valeur == champs[champ]


@pytest.mark.parametrize(
    "champs",
    [
        {},
        {"date_naissance": "12/03/1980", "date_embauche": "12/03/1996"},
        {"date_embauche": "01/01/2020", "date_depart": "01/01/2020"},
        {"date_naissance": "24/11/2026"},
    ],
)
def test_dates_that_do(champs):
    assert check_row({nom: jour(texte) for nom, texte in champs.items()}, JOUR, 16) == []


def test_status_against_category():
    (faute,) = check_row({"code_categorie": 4, "statut": "F"}, JOUR, 16)
    assert faute.colonne == "statut" and "Contractuel" in faute.motif


def test_the_youngest_age_is_the_reference_data_s():
    ligne = {"date_naissance": jour("01/06/2010"), "date_embauche": jour("01/07/2026")}
    assert check_row(ligne, JOUR, 16) == []
    (faute,) = check_row(ligne, JOUR, 18)
    assert faute.motif == "L’agent n’aurait pas eu 18 ans."
