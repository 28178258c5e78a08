"""Keys: text, completeness, automatic choice."""

import datetime

import pytest

from agents.imports import CIBLE_AGENTS
from nouvea_sst.imports.rules.cible import Cle
from nouvea_sst.imports.rules.cles import (
    LONGUEUR_MAX,
    count_doubles,
    is_complete,
    key_text,
    propose_key,
    row_key,
)
from nouvea_sst.imports.rules.ecarts import find_changes

NOM = Cle(("nom", "prenom"))
JOUR = datetime.date(1980, 3, 12)


def test_key_is_folded_and_says_its_fields():
    cle = Cle(("nom", "prenom", "date_naissance"))
    assert key_text(cle, {"nom": "D’ARTAGNAN", "prenom": "Éloi", "date_naissance": JOUR}) == (
        "nom+prenom+date_naissance=d artagnan|eloi|1980-03-12"
    )
    assert key_text(NOM, {"nom": "a|b", "prenom": None}) == "nom+prenom=a b|"


def test_long_keys_stay_different_and_short_enough():
    longues = {key_text(NOM, {"nom": "x" * 300, "prenom": str(n)}) for n in range(5)}
    assert len(longues) == 5
    assert all(len(texte) <= LONGUEUR_MAX for texte in longues)


@pytest.mark.parametrize("prenom, complet", [("Anne", True), ("", False), (None, False)])
def test_complete(prenom, complet):
    assert is_complete(NOM, {"nom": "SAO", "prenom": prenom}) is complet


def test_row_without_its_number_takes_the_fallback_key():
    matricule = Cle(("matricule",))
    assert row_key(matricule, NOM, {"matricule": "3120", "nom": "SAO", "prenom": "Anne"}) == "matricule=3120"
    assert (
        row_key(matricule, NOM, {"matricule": None, "nom": "SAO", "prenom": "Anne"}) == "nom+prenom=sao|anne"
    )
    assert row_key(NOM, matricule, {"nom": "SAO", "prenom": None}) == "nom+prenom=sao|"


def personne(nom, prenom="Anne", **autres):
    return {"nom": nom, "prenom": prenom, **autres}


@pytest.mark.parametrize(
    "lignes, cle",
    [
        ([personne("A", matricule="1"), personne("B", matricule="1")], "matricule"),
        ([personne("A", matricule="1"), personne("B", matricule=None)], "matricule"),
        ([personne("A", matricule="1"), *[personne("B", matricule=None)] * 2], "nom+prenom"),
        (
            [personne("A", date_naissance=JOUR), personne("A", date_naissance=JOUR)],
            "nom+prenom+date_naissance",
        ),
        ([personne("A", date_embauche=JOUR), personne("A", date_embauche=None)], "nom+prenom"),
        ([personne("A", date_embauche=JOUR), personne("B", date_embauche=JOUR)], "nom+prenom+date_embauche"),
        ([personne("A"), personne("B")], "nom+prenom"),
        ([personne("A", sexe="F"), personne("A", sexe="M")], "nom+prenom+sexe"),
        ([personne("A", service="X"), personne("A", service="Y")], "nom+prenom+service"),
        ([personne("A"), personne("A")], "nom+prenom"),
        ([], "nom+prenom"),
    ],
)
def test_proposed_key(lignes, cle):
    choisis = set(lignes[0]) if lignes else {"nom_complet"}
    assert propose_key(CIBLE_AGENTS, choisis, lignes).nom == cle


def test_doubles():
    assert count_doubles(NOM, [personne("A"), personne("a"), personne("B"), personne("A")]) == 2


def test_changes_are_what_the_file_says_otherwise():
    connu = {"nom": "SAO", "sexe": "", "date_naissance": JOUR, "poste": None}
    lu = {"nom": "SAO", "sexe": "F", "date_naissance": None, "poste": "", "inconnu": 1}
    assert find_changes(connu, lu) == {"sexe": ("", "F")}
    assert find_changes(connu, {"nom": "GONY"}, frozenset({"nom"})) == {}
