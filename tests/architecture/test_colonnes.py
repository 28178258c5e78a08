"""Every list with each column on offer: on screen, on paper, in the workbook; totals over all rows."""

import io
import re

import pytest
from django.db import transaction
from django.urls import reverse
from openpyxl import load_workbook

from tests.architecture.test_listes import TESTEES, growth

pytestmark = pytest.mark.django_db
BOITE = re.compile(r'name="colonnes" value="(\w+)"')
CELLULE = re.compile(r"<t[dh] [^>]*>(.*?)</t[dh]>", re.DOTALL)
A_TOTAUX = {"agents:postes", "commissions:seances", "signalements:accidents"}
SALE = re.compile(r"\bNone\b|datetime|\bobject at\b|\d{4}-\d\d-\d\d|^\d+ \w+ \d{4}( \d.*)?$")


def offered(client, adresse):
    """Names of the columns on offer."""
    return BOITE.findall(client.get(adresse).content.decode())


@pytest.mark.parametrize("nom", TESTEES)
def test_all_columns_are_readable_and_cost_no_more(client_de, nom):
    definition = TESTEES[nom]
    client = client_de(definition.role)
    with transaction.atomic():
        adresse = reverse(nom, kwargs=definition.fabrique(3) or {})
        colonnes = offered(client, adresse)
        suite = f"?colonnes={','.join(colonnes)}"
        html = client.get(adresse + suite).content.decode()
        transaction.set_rollback(True)
    assert len(colonnes) > 1 and html.count(" checked>") == len(colonnes)
    cellules = CELLULE.findall(html)
    assert cellules and [c for c in cellules if SALE.search(c)] == []
    assert growth(client, nom, definition, suite)[0] == 0


@pytest.mark.parametrize("nom", [nom for nom, d in TESTEES.items() if "?format=xlsx" in d.formats])
def test_the_workbook_and_the_paper_follow_the_choice(client_de, nom):
    definition = TESTEES[nom]
    client = client_de(definition.role)
    adresse = reverse(nom, kwargs=definition.fabrique(3) or {})
    colonnes = offered(client, adresse)

    def heads(choisies):
        contenu = client.get(adresse, {"colonnes": choisies, "format": "xlsx"}).content
        return [c.value for c in next(load_workbook(io.BytesIO(contenu)).active.iter_rows())]

    assert len(heads(",".join(colonnes))) > len(heads(colonnes[0])) <= 3
    papier = client.get(adresse, {"colonnes": colonnes[0], "imprimer": "1"}).content.decode()
    assert papier.count('scope="col"') <= 4


def test_a_column_that_the_role_may_not_see_is_neither_offered_nor_accepted(client_de):
    TESTEES["agents:liste"].fabrique(3)
    client, adresse = client_de("preventeur"), reverse("agents:liste")
    assert "date_naissance" not in offered(client, adresse)
    avant = client.get(adresse).content.decode()
    apres = client.get(adresse, {"colonnes": "matricule,date_naissance"}).content.decode()
    assert "Naissance" not in apres and "Matricule" not in apres
    assert apres.count('scope="col"') == avant.count('scope="col"')


@pytest.mark.parametrize("nom", ["agents:postes", "agents:absences", "signalements:accidents"])
def test_the_total_is_of_all_rows_whatever_the_page(client_de, nom):
    definition = TESTEES[nom]
    client = client_de(definition.role)
    adresse = reverse(nom, kwargs=definition.fabrique(60) or {})
    suite = {"vue": "tous"} if nom == "signalements:accidents" else {}
    pied = re.compile(r"<tfoot>.*</tfoot>", re.DOTALL)
    premiere = pied.search(client.get(adresse, suite).content.decode())
    seconde = pied.search(client.get(adresse, suite | {"page": "2"}).content.decode())
    assert premiere and seconde and premiere.group() == seconde.group() and "Total" in premiere.group()


@pytest.mark.parametrize("nom", sorted(nom for nom in TESTEES if nom in A_TOTAUX))
def test_the_workbook_ends_with_the_totals_of_the_screen_as_numbers(client_de, nom):
    definition = TESTEES[nom]
    client = client_de(definition.role)
    adresse = reverse(nom, kwargs=definition.fabrique(60) or {})
    suite = {"vue": "tous"} if nom == "signalements:accidents" else {}
    attendus = client.get(adresse, suite).context["table"].totaux
    feuille = load_workbook(io.BytesIO(client.get(adresse, suite | {"format": "xlsx"}).content)).active
    *lignes, pied = feuille.iter_rows(min_row=2, values_only=True)
    assert "Total" in pied
    assert sorted(v for v in pied if v not in (None, "Total")) == sorted(attendus.values())
    colonne = next(rang for rang, v in enumerate(pied) if isinstance(v, int | float))
    assert sum(ligne[colonne] or 0 for ligne in lignes) == pied[colonne] > 0
    assert feuille.auto_filter.ref.endswith(str(len(lignes) + 1))
    une = client.get(adresse, suite | {"format": "xlsx", "colonnes": offered(client, adresse)[0]}).content
    assert len(list(load_workbook(io.BytesIO(une)).active.iter_rows())) >= len(lignes) + 1
