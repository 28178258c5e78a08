"""Which column fills which field; where the header stands."""

import pytest

from agents.imports import CIBLE_AGENTS
from nouvea_sst.imports.rules.cible import known_headers
from nouvea_sst.imports.rules.colonnes import apply_profile, as_profile, propose_columns
from nouvea_sst.imports.rules.entete import column_letter, find_header, name_columns

CONNUS = known_headers(CIBLE_AGENTS.champs)


def mapped(colonnes):
    """Field of each header, from header → cells."""
    choix = propose_columns(list(colonnes), list(colonnes.values()), CIBLE_AGENTS.champs)
    entetes = list(colonnes)
    return {entetes[rang]: champ for rang, champ in choix.items()}


def test_montgomery_columns():
    assert mapped(
        {
            "Full Name": ["Kam, Kelly A.", "Ready, Daniel E."],
            "Gender": ["F", "M", ""],
            "Department": ["POL", "HHS"],
            "Department Name": ["Department of Police", "Department of Health"],
            "Division": ["Records", "Fugitive Section"],
            "Assignment Category": ["Fulltime-Regular", "Parttime-Regular"],
            "Employee Position Title": ["Police Officer III", "Bus Operator"],
            "Underfilled Job Title": ["", "Police Officer I"],
            "Date First Hired": ["09/22/1986", "05/05/2014"],
        }
    ) == {
        "Full Name": "nom_complet",
        "Gender": "sexe",
        "Department": "direction_sigle",
        "Department Name": "direction",
        "Division": "service",
        "Employee Position Title": "poste",
        "Date First Hired": "date_embauche",
    }


def test_mayors_columns():
    assert mapped(
        {
            "Code du département": ["01", "02"],
            "Libellé de la commune": ["Ambérieu", "Laon"],
            "Nom de l'élu": ["VIALLET", "PIK"],
            "Prénom de l'élu": ["Xavier", "Pascal"],
            "Code sexe": ["M", "F"],
            "Date de naissance": ["04/03/1951", "02/11/1947"],
            "Libellé de la catégorie socio-professionnelle": ["Artisan", "Ancien cadre"],
            "Date de début du mandat": ["18/05/2020", "18/05/2020"],
        }
    ) == {
        "Nom de l'élu": "nom",
        "Prénom de l'élu": "prenom",
        "Code sexe": "sexe",
        "Date de naissance": "date_naissance",
    }


def test_columns_of_the_former_software():
    entetes = (
        "ID_AGENT;NOMATR;NOM_USAGE;PRENOM_USAGE;NOM_PATRONYMIQUE;CIVILITE;SEXE;DATE_NAISSANCE;DATE_PREMIERE_EMBAUCHE;"
        "DATE_DERNIERE_EMBAUCHE;DATE_DECES;NUM_CAFAT;NUM_RUAMM;ID_COLLECTIVITE;ID_TIARHE;EMAIL;TEL"
    ).split(";")
    cellules = (
        "9005138;5138;BOULA;NATHALIE;GONY;1;F;1980-03-12;2001-01-01;"
        "2010-02-01;;123456;998;90;T0042;n.boula@v.nc;27 31 15"
    ).split(";")
    choix = mapped({e: [c] for e, c in zip(entetes, cellules, strict=True)})
    assert choix == {
        "NOMATR": "matricule",
        "NOM_USAGE": "nom",
        "PRENOM_USAGE": "prenom",
        "NOM_PATRONYMIQUE": "nom_naissance",
        "CIVILITE": "civilite",
        "SEXE": "sexe",
        "DATE_NAISSANCE": "date_naissance",
        "DATE_DERNIERE_EMBAUCHE": "date_embauche",
        "DATE_DECES": "date_deces",
        "NUM_CAFAT": "num_cafat",
        "NUM_RUAMM": "num_ruamm",
        "ID_COLLECTIVITE": "collectivite",
        "ID_TIARHE": "id_tiarhe",
        "EMAIL": "courriel",
        "TEL": "telephone",
    }


@pytest.mark.parametrize(
    "entete, cellules, champ",
    [
        ("Nom", ["KAM, Kelly", "SAO, Anne"], "nom_complet"),
        ("Nom", ["KAM", "SAO"], "nom"),
        ("Direction", ["DRH", "DSI"], "direction_sigle"),
        ("Direction", ["Direction des finances"], "direction"),
        ("Statut", ["Fonctionnaire", "CDD"], "statut"),
        ("Statut", ["Actif", "Inactif"], None),
        ("Lieu de naissance", ["Nouméa", "Lifou"], None),
        ("Date de naissance (jj/mm/aaaa)", ["12/03/1980"], "date_naissance"),
        ("N° de matricule RH", ["3120"], "matricule"),
        ("Col. 3", ["F", "H", "F"], "sexe"),
        ("Col. 3", ["F", "F"], None),
        ("Col. 4", ["a.b@c.nc", "d@e.fr"], "courriel"),
        ("Col. 5", ["3120", "9004066", "901877"], "matricule"),
        ("Col. 5", ["3120", "3120", "1877"], None),
        ("Col. 6", ["Kam, Kelly", "Sao, Anne"], "nom_complet"),
        ("Col. 6", ["12, rue X", "14, rue Y"], None),
        ("Sexe", ["", ""], "sexe"),
    ],
)
def test_header_and_content_decide_together(entete, cellules, champ):
    assert mapped({entete: cellules}).get(entete) == champ


def test_a_field_is_filled_once_by_the_fuller_column():
    assert mapped({"Matricule": ["", ""], "NOMATR": ["3120", "4066"]}) == {"NOMATR": "matricule"}


def test_profile_round_trip_ignores_case_and_accents():
    profil = as_profile(["Né le", "Nom"], {0: "date_naissance", 1: "nom"})
    assert apply_profile(["NOM", "Autre", "NE LE", "né-le"], profil) == {0: "nom", 2: "date_naissance"}


@pytest.mark.parametrize(
    "lignes, rang",
    [
        ([["Matricule", "Nom", "Prénom"], ["3120", "BOULA", "Nathalie"]], 0),
        (
            [
                ["Registre du personnel"],
                [],
                ["Édité le", "20/11/2026"],
                ["Matricule", "Nom"],
                ["3120", "BOULA"],
            ],
            3,
        ),
        ([["Zone", "Truc"], ["a", "b"], ["c", "d"]], 0),
        ([["Liste"], ["Zone", "Truc", "Chose"], ["a", "b", "c"]], 1),
        ([["3120", "BOULA", "12/03/1980"], ["4066", "GONY", "05/11/1975"]], None),
        ([["Nom"], ["BOULA"]], 0),
        ([["BOULA"], ["GONY"]], None),
        ([], None),
    ],
)
def test_header_row(lignes, rang):
    assert find_header(lignes, CONNUS) == rang


def test_columns_get_different_names():
    assert name_columns(["Nom", "", "Nom"], 4) == ["Nom", "Colonne B", "Nom (2)", "Colonne D"]
    assert [column_letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
