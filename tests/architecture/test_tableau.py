"""The hand-written table of tests/permissions/attendus names every URL, its methods, and nothing else.

What each cell answers is tried in tests/permissions.
"""

import pytest

from nouvea_sst.comptes.enums import Role
from tests.architecture.verifs_urls import methods_of, routes
from tests.permissions.tableau import SIGLES, TableauIllisible, read, read_all

ATTENDUS = read_all()
ROUTES = {route.nom: route for route in routes()}
TETE = " ".join(SIGLES)


def test_every_url_stands_in_the_table():
    oublies = sorted(set(ROUTES) - set(ATTENDUS))
    assert oublies == [], "URLs without a block in tests/permissions/attendus (its __init__ says how)"


def test_every_row_has_its_url():
    assert sorted(set(ATTENDUS) - set(ROUTES)) == []


@pytest.mark.parametrize("nom", ATTENDUS)
def test_row_names_the_methods_that_the_view_takes(nom):
    prises = methods_of(ROUTES[nom].vue) - {"HEAD"}
    assert {methode for methode, _ in ATTENDUS[nom].lignes} == prises


LIGNE = "  GET  dans " + " ".join(["200"] * len(SIGLES))


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "COO CHE",
        f"{TETE}\n{LIGNE}",
        f"{TETE}\nagents:agent\n  GET dans 200",
        f"{TETE}\nagents:agent\n{LIGNE.replace('200', '20O', 1)}",
        f"{TETE}\nagents:agent\n{LIGNE.replace('GET', 'LIRE')}",
        f"{TETE}\nagents:agent\n{LIGNE}\n{LIGNE}",
    ],
)
def test_faulty_table_is_refused(texte):
    with pytest.raises(TableauIllisible):
        list(read(texte))


def test_door_is_read_over_the_whole_block():
    texte = (
        f"{TETE}\nagents:agent  pk=agent\n{LIGNE}\n{LIGNE.replace('dans', 'hors').replace('200', 'non', 1)}"
    )
    [bloc] = read(texte)
    assert bloc.cles == {"pk": "agent"}
    assert bloc.at_the_door(Role.COORDINATEUR) == ""
    assert bloc.answer("HEAD", "hors", Role.COORDINATEUR) == "non"
    assert bloc.answer("PUT", "hors", Role.COORDINATEUR) == "405"
