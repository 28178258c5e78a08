"""Where one stands: tabs, the way out of a refusal, what the search offers of oneself."""

import pytest
from django.urls import reverse

from tests.agents.factories import AgentFactory
from tests.fabriques import compte, log_in

pytestmark = pytest.mark.django_db


def test_a_refused_act_stays_on_its_tab(client_de):
    administrateur, autre = client_de("administrateur"), compte("rh")
    page = administrateur.post(
        reverse("agents:portee_relier", args=[autre.pk]), {"matricule": "0", "nom": "X"}
    )
    assert page.status_code == 200
    (actif,) = (onglet["libelle"] for onglet in page.context["onglets_compte"] if onglet["actif"])
    assert actif == "Portée"


@pytest.mark.parametrize(
    "role, vue, proche",
    [
        ("rh", "agents:portee", None),
        ("medecin", "imports:deposer", "agents:liste"),
        ("rh", "visites:journee", "visites:liste"),
        ("agent", "agents:postes", "soi:dossier"),
        ("encadrant", "agents:structures", "equipe:liste"),
        ("auditeur", "comptes:ajouter", "comptes:liste"),
        ("preventeur", "referentiel:ajouter_jour", "referentiel:accueil"),
        ("agent", "referentiel:accueil", None),
    ],
)
def test_a_refusal_leads_to_the_nearest_page_that_opens(client_de, role, vue, proche):
    client = client_de(role)
    args = [client.compte.pk] if vue == "agents:portee" else []
    page = client.get(reverse(vue, args=args))
    assert page.status_code == 403
    texte = page.content.decode()
    corps = texte[texte.index('<section class="panel empty">') :]
    adresse = reverse(proche or "accueil")
    assert f'<a class="btn btn-primary" href="{adresse}">' in corps
    assert client.get(adresse).status_code == 200
    assert ("Revenir à Aujourd’hui" in corps) is (proche is None)


@pytest.mark.parametrize(
    "role, vue, entree",
    [
        ("psychologue", "visites:mes_notes", "Mes notes"),
        ("psychologue", "visites:premiere_note", "Mes notes"),
        ("psychologue", "visites:lectures_notes", "Mes notes"),
        ("psychologue", "visites:echanges_montres", "Échanges montrés"),
        ("medecin", "visites:echanges_montres", "Échanges montrés"),
        ("coordinateur", "visites:accompagnements", "Accompagnements"),
        ("coordinateur", "visites:liste", "Visites"),
        ("psychologue", "visites:planning", "Planning"),
        ("psychologue", "documents:modeles", "Lettres types"),
        ("psychologue", "soi:dossier", "Mon dossier"),
        ("coordinateur", "visites:planning", "Visites"),
        ("chef", "visites:regles", "Référentiel"),
        ("encadrant", "agents:structures", "Mon équipe"),
        ("administrateur", "documents:courriels", "Messages"),
    ],
)
def test_one_entry_of_the_menu_says_where_one_stands(client_de, role, vue, entree):
    page = client_de(role).get(reverse(vue))
    assert [e["libelle"] for e in page.context["menu"] if e["actif"]] == [entree]


def test_the_search_offers_ones_file_to_whoever_has_one(client_de):
    sans = client_de("rh")
    adresse = reverse("soi:dossier")

    def answers(client):
        page = client.get(reverse("recherche:resultats"), {"q": "mon dossier"}).content.decode()
        return f'href="{adresse}"' in page.split("<main", 1)[1]

    assert not answers(sans)
    relie = compte("rh")
    AgentFactory(compte=relie)
    assert answers(log_in(relie))
