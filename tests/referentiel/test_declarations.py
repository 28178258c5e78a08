"""Each value that the code reads is declared beside its reader, each seeded value has a reader."""

import ast
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.module_loading import import_string

from nouvea_sst.referentiel.catalogue import catalogue
from nouvea_sst.referentiel.cles import all_cles, seeds
from tests.architecture.maison import RACINE, code_files, syntax

FICHIER = "parametres.py"
# The rules of due dates look their codes up among the values handed to them; the seed and its reader.
LISENT_LE_CODE = {"visites/rules/echeance.py"}
REFERENTIEL = "nouvea_sst/referentiel/"


def sources():
    """Path from the root and syntax tree of every file of the code."""
    return [(str(f.relative_to(RACINE)), syntax(f)) for f in code_files(RACINE)]


def direct_reads(arbre):
    """Keywords that filter parameters by their code, in calls on Parametre."""
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.Call) and "Parametre" in ast.unparse(noeud.func):
            yield from (m.arg for m in noeud.keywords if (m.arg or "").split("__")[0] == "code")


def declared_names(chemin, arbre):
    """Names bound to keys in a parametres.py."""
    noms = set()
    for noeud in arbre.body:
        if isinstance(noeud, ast.Assign) and "CLES" not in ast.unparse(noeud.targets[0]):
            valeur = ast.unparse(noeud.value)
            if valeur.startswith(("Cle(", "(Cle(", "_periodicity(")):
                cibles = noeud.targets[0]
                noms |= {n.id for n in ast.walk(cibles) if isinstance(n, ast.Name)}
    return noms


def test_seeded_codes_are_exactly_those_that_the_code_declares():
    assert {ligne["code"] for ligne in seeds()} == set(all_cles())


def test_no_code_is_read_but_through_a_declared_key():
    fautes = [
        f"{chemin}: {champ}"
        for chemin, arbre in sources()
        if not chemin.startswith(REFERENTIEL)
        for champ in direct_reads(arbre)
    ]
    assert fautes == []


def test_no_code_stands_elsewhere_than_in_its_declaration():
    fautes = [
        f"{chemin}: {noeud.value}"
        for chemin, arbre in sources()
        if Path(chemin).name != FICHIER and chemin not in LISENT_LE_CODE
        for noeud in ast.walk(arbre)
        if isinstance(noeud, ast.Constant) and noeud.value in all_cles()
    ]
    assert fautes == []


def test_each_declared_key_is_read_somewhere():
    lus: set[str] = set()
    declares = {}
    for chemin, arbre in sources():
        noms = [n.id for n in ast.walk(arbre) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
        if Path(chemin).name == FICHIER and "referentiel" not in chemin:
            declares[chemin] = declared_names(chemin, arbre)
            # In its own file a key is named once in CLES or in a group; a reader names it again.
            groupes = {n for n in ast.walk(arbre) if isinstance(n, ast.FunctionDef)}
            lus |= {n.id for f in groupes for n in ast.walk(f) if isinstance(n, ast.Name)}
            for noeud in arbre.body:  # groups: REGLES = (SIMPLE, …)
                if isinstance(noeud, ast.Assign) and "CLES" not in ast.unparse(noeud.targets[0]):
                    lus |= {n.id for n in ast.walk(noeud.value) if isinstance(n, ast.Name)}
        else:
            lus |= set(noms)
    orphelines = {f"{chemin}: {nom}" for chemin, noms in declares.items() for nom in noms if nom not in lus}
    assert declares and orphelines == set()


def test_detector_sees_a_direct_read():
    arbre = ast.parse('Parametre.objects.in_force(jour).filter(code="visites.bientot")')
    assert list(direct_reads(arbre)) == ["code"]


@pytest.mark.parametrize("code", list(all_cles()))
def test_each_key_says_who_uses_it_and_where(code):
    cle = all_cles()[code]
    assert cle.emplois and cle.sujet
    for emploi in cle.emplois:
        assert not emploi.url or reverse(emploi.url)
    if cle.effet:
        assert callable(import_string(cle.effet))


def test_each_list_names_fields_that_exist():
    assert set(catalogue().listes) == {
        "motifs",
        "motifs-excuse",
        "orientations",
        "types-restriction",
        "medecins-repris",
        "recommandations",
        "types-inaptitude",
        "lexique",
        "types-accident",
        "sieges-lesion",
        "maladies-professionnelles",
        "types-absence",
        "types-position",
        "droits-maladie",
        "types-exigence",
        "types-exposition",
        "sites",
        "collectivites",
    }
    for liste in catalogue().listes.values():
        noms = {champ.name for champ in liste.modele._meta.get_fields()}
        assert {
            *liste.champs,
            *liste.fixes,
            liste.ancien or "libelle",
            "ordre",
            "actif",
            "source",
            "version",
        } <= noms
    for (cle, _), lien in catalogue().liens.items():
        assert cle in catalogue().listes
        assert reverse(lien.url)
