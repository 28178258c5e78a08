"""Refused rows that come back: named when nothing was corrected, taken when it was."""

import io

import pytest
from openpyxl import load_workbook

from agents.models import Agent
from nouvea_sst.comptes.enums import Role
from nouvea_sst.imports.actions import apply_import
from nouvea_sst.imports.models import LigneImport
from tests.imports.fichiers import BOULA, SAO, make_csv
from tests.imports.test_refus import JOUR, deposit, motifs, send_back
from tests.imports.test_views import FAUTIF

pytestmark = pytest.mark.django_db
AUTRE = [*BOULA[:3], "M", *BOULA[4:]]


@pytest.fixture
def rh(client_de):
    return client_de(Role.RH)


def applied(*lignes):
    return apply_import(acteur=None, jour=JOUR, import_id=deposit(make_csv(list(lignes))).pk)


def test_a_row_of_a_matricule_taken_by_another_is_refused_again_and_changes_nobody(rh):
    depot = applied(BOULA, AUTRE, SAO)
    assert LigneImport.objects.get(fichier=depot).rivale
    retour = send_back(rh, depot)
    (refus,) = motifs(retour)
    assert f"Cette ligne revient de l’import n° {depot.pk} (ligne 3) sans correction" in refus[3]
    assert retour.bilan["modifies"] == retour.bilan["crees"] == 0
    apply_import(acteur=None, jour=JOUR, import_id=retour.pk)
    assert Agent.objects.get(matricule=BOULA[0]).sexe == "F"


def test_without_its_number_the_row_is_known_by_its_cells(rh):
    depot = applied(BOULA, AUTRE)
    retour = send_back(rh, depot, {"D2": None})
    assert retour.bilan["refuses"] == 1 and "sans correction" in motifs(retour)[0][3]


def test_refused_again_it_comes_back_again_and_is_still_refused(rh):
    retour = send_back(rh, applied(BOULA, AUTRE))
    encore = send_back(rh, retour)
    assert encore.bilan["refuses"] == 1 and f"l’import n° {retour.pk}" in motifs(encore)[0][3]


def test_corrected_it_is_taken_without_a_word(rh):
    depot = applied(BOULA, AUTRE)
    retour = send_back(rh, depot, {"E2": "4077", "F2": "WAMO", "G2": "Didier", "I2": "05/11/1975"})
    assert not retour.lignes.get().avertissement
    assert (retour.bilan["crees"], retour.bilan["avertis"], retour.bilan["refuses"]) == (1, 0, 0)
    apply_import(acteur=None, jour=JOUR, import_id=retour.pk)
    assert Agent.objects.get(matricule="4077").nom == "WAMO"


def test_corrected_elsewhere_but_still_of_the_same_matricule_it_deserves_a_look(rh):
    depot = applied(BOULA, AUTRE)
    retour = send_back(rh, depot, {"I2": "12/03/1981"})
    assert retour.bilan["modifies"] == retour.bilan["avertis"] == 1
    (ligne,) = retour.lignes.filter(effet="modifie")
    assert "change une fiche qu’une autre ligne avait déjà" in ligne.avertissement


def test_as_it_was_but_acceptable_by_now_it_deserves_a_look(rh, monkeypatch):
    depot = applied(BOULA, FAUTIF)
    LigneImport.objects.filter(fichier=depot).update(cellules=[*SAO], motif="Valeur inconnue.")
    retour = send_back(rh, depot)
    assert (retour.bilan["crees"], retour.bilan["avertis"]) == (1, 1)
    assert "elle y était refusée : Valeur inconnue." in retour.lignes.get().avertissement


def test_the_workbook_still_says_which_import_and_which_row(rh):
    depot = applied(BOULA, AUTRE)
    contenu = rh.get(f"/imports/{depot.pk}/refus/").content
    titres, ligne = load_workbook(io.BytesIO(contenu)).active.iter_rows(values_only=True)
    assert titres[3] == f"Ligne du fichier, import {depot.pk}" and ligne[3] == 3
