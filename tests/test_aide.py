"""Each page has its help, in the words of the glossary; it opens beside the page, by « ? », or as a page."""

import pytest
from django.urls import reverse

from nouvea_sst.comptes.roles import MATRICE
from nouvea_sst.lib.aide import page_title, read_glossary, read_texts, split_right
from tests.architecture.verifs_urls import routes
from tests.gardes.navigateur import BUREAU, TELEPHONE, accessibility_faults
from tests.permissions.tableau import read_all

ROUTES = {route.nom for route in routes()}
# No page of their own to explain: fragments, files, log-in, the help itself, the gallery of development.
SANS_AIDE = {
    "sante",
    "favicon",
    "composants",
    "travaux:temoin",
    "visites:apercu",
    "visites:brouillon",
    "imports:refus",
    "imports:fichier",
    "documents:ouvrir",
    "documents:lot_fichier",
    "reporting:pdf",
    "recherche:suggestions",
    "soi:document",
    "reporting:vue_enregistrer",
    "comptes:connexion",
    "comptes:deconnexion",
    "comptes:ferme",
}
PAGES = {
    nom
    for nom, bloc in read_all().items()
    if any(methode == "GET" for methode, _ in bloc.lignes)
    and nom not in SANS_AIDE
    and not nom.startswith(("aide:", "account_"))
}


def test_every_page_has_its_help():
    manquantes = sorted(PAGES - set(read_texts()))
    assert not manquantes, f"write them in docs/aide/<app>.toml: {manquantes}"


def test_every_help_is_of_a_page_and_every_exception_too():
    assert sorted(set(read_texts()) - ROUTES) == []
    assert sorted(SANS_AIDE - ROUTES - {"composants"}) == []
    assert not SANS_AIDE & set(read_texts())


@pytest.mark.parametrize("nom", read_texts())
def test_a_help_speaks_the_words_of_the_glossary_and_names_known_rights(nom):
    aide = read_texts()[nom]
    assert [mot for mot in aide.mots if mot not in read_glossary()] == []
    droits = {split_right(ligne)[0] for ligne in aide.peut} - {""}
    assert droits <= set(MATRICE)
    for phrase in (aide.sert, *(split_right(ligne)[1] for ligne in aide.peut)):
        assert phrase.endswith(".") and "'" not in phrase


def test_a_title_stands_in_for_a_page_without_help():
    assert page_title("agents:liste") == "Agents"
    assert page_title("inconnue") == "inconnue"
    assert page_title("signalements:retirer_agent") == page_title("signalements:signalement")


def test_every_address_has_a_title_in_french():
    """The journal names by it what was refused: an act without a page of its own bears that of its page."""
    assert [nom for nom in ROUTES - {"composants"} if page_title(nom) == nom] == []


def test_what_one_may_not_do_is_left_out(client_de):
    adresse = reverse("aide:page", args=["agents:liste"])
    assert "Ajouter un agent absent" in client_de("rh").get(adresse).content.decode()
    assert "Ajouter un agent absent" not in client_de("medecin").get(adresse).content.decode()
    fragment = client_de("rh").get(adresse, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment and "Les mots de cette page" in fragment
    assert client_de("rh").get(reverse("aide:page", args=["inconnue"])).status_code == 404


@pytest.mark.parametrize("role", ["coordinateur", "agent", "administrateur"])
def test_the_contents_hold_the_pages_of_the_role_and_its_rights_are_said(client_de, role):
    client = client_de(role)
    sommaire = client.get(reverse("aide:sommaire")).content.decode()
    assert ("Pilotage</a>" in sommaire) is (role == "coordinateur")
    droits = client.get(reverse("aide:droits")).content.decode()
    assert client.compte.get_role_display() in droits and "Réservé" in droits
    refus = client_de("psychologue").get(reverse("agents:liste"))
    assert refus.status_code == 403 and reverse("aide:droits") in refus.content.decode()


@pytest.mark.parametrize("viewport", [BUREAU, TELEPHONE], ids=["bureau", "telephone"])
def test_the_drawer_opens_by_the_key_and_closes_by_escape(page_de, viewport):
    page = page_de(viewport=viewport)
    page.goto(reverse("agents:liste"))
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open] .help")
    assert accessibility_faults(page) == []
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="detached")
    page.focus("[data-sst-recherche]")
    page.keyboard.press("?")
    assert page.input_value("[data-sst-recherche]") == "?"
    assert page.query_selector("dialog[open]") is None
