"""A GET writes nothing but its consultation line: every URL, as every role that it answers, in every form."""

import pytest

from nouvea_sst.comptes.enums import NatureJournal, Role
from nouvea_sst.comptes.models import LigneJournal
from tests.architecture.ecritures import written_tables
from tests.architecture.verifs_urls import routes
from tests.permissions.essais import open_as
from tests.permissions.monde import taken_back
from tests.permissions.tableau import read_all

pytestmark = [pytest.mark.django_db, pytest.mark.sans_n_plus_1, pytest.mark.ordre_libre]
ATTENDUS = {nom: bloc for nom, bloc in read_all().items() if any(m == "GET" for m, _ in bloc.lignes)}
LISTES = {route.nom for route in routes() if getattr(route.vue, "est_liste", False)}
# What a list is also asked for, by its own links: workbook, print, next page, search.
FORMES = ("", "?format=xlsx", "?imprimer=1", "?page=2", "?q=a")
# A page that shows two people at once leaves a line for each.
DEUX_PERSONNES = {"agents:fusion"}
UNE_LIGNE = {NatureJournal.CONSULTATION, NatureJournal.REFUS}


def test_the_lists_are_known():
    assert len(LISTES) > 5


@pytest.mark.parametrize("nom", ATTENDUS)
def test_get_writes_nothing(monde, cases, nom):
    """Rows written are counted by PostgreSQL itself, those that a view writes and takes back too."""
    bloc, fautes, lues = ATTENDUS[nom], [], 0
    for role in Role:
        for (methode, position), reponses in bloc.lignes.items():
            if methode != "GET" or reponses[role] in {"non", "con"}:
                continue
            adresse = monde.adresse(nom, bloc.cles, position, role)
            for forme in FORMES if nom in LISTES else ("",):
                fautes += try_reading(monde, role, position, adresse + forme, 1 + (nom in DEUX_PERSONNES))
                lues += 1
    cases["GET compared"] += lues
    assert fautes == [], "\n".join([nom, *fautes])


def try_reading(monde, role, position, adresse, permises):
    """Faults of one GET: a table written, a line that is no consultation, more of them than allowed."""
    fautes = []
    with taken_back():
        dernier = LigneJournal.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        avant = LigneJournal.objects.count()
        with written_tables() as ecrites:
            open_as(monde, role, adresse)
        lignes = list(LigneJournal.objects.filter(pk__gt=dernier).values_list("nature", "acte"))
        if ecrites:
            fautes.append(f"{adresse} {position} {role}: writes {sorted(ecrites)}")
        if LigneJournal.objects.count() != avant + len(lignes):
            fautes.append(f"{adresse} {position} {role}: touches lines of the journal")
        if len(lignes) > permises or {nature for nature, _ in lignes} - UNE_LIGNE:
            fautes.append(f"{adresse} {position} {role}: leaves {lignes}")
    return fautes
