"""The tree and the posts: figures that lead to their rows, entry, correction."""

import datetime

import pytest
from django.urls import reverse

from agents.models import Poste, Structure
from tests.agents.factories import AgentFactory, PosteFactory, StructureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jour")]


@pytest.fixture
def arbre():
    direction = StructureFactory(sigle="DECV", niveau="direction")
    section = StructureFactory(sigle="SEV", niveau="section", parent=direction)
    AgentFactory(structure=direction)
    AgentFactory(structure=section)
    AgentFactory(structure=section, est_elu=True)
    AgentFactory(structure=section, date_depart=datetime.date(2026, 11, 23))
    return {"direction": direction, "section": section}


def test_each_number_of_the_tree_leads_to_its_rows(client_de, arbre):
    client = client_de("rh")
    lignes = client.get(reverse("agents:structures")).context["lignes"]
    assert [(ligne["structure"].sigle, ligne["total"]) for ligne in lignes] == [("DECV", 2), ("SEV", 1)]
    for ligne in lignes:
        liste = client.get(reverse("agents:liste"), {"structure": ligne["structure"].pk})
        assert liste.context["total"] == ligne["total"]


def test_structure_is_opened_then_moved(client_de, arbre):
    client = client_de("coordinateur")
    client.post(
        reverse("agents:structure_ajouter"),
        {"sigle": " dsis ", "libelle": "Incendie", "niveau": "direction", "parent": ""},
    )
    dsis = Structure.objects.get(sigle="DSIS")
    adresse = reverse("agents:structure_corriger", args=[arbre["section"].pk])
    initial = client.get(adresse).context["form"].initial
    valeurs = {nom: initial[nom] for nom in ("sigle", "libelle", "niveau", "version")}
    client.post(adresse, valeurs | {"parent": dsis.pk})
    arbre["section"].refresh_from_db()
    assert arbre["section"].direction == dsis
    texte = client.post(adresse, valeurs | {"parent": dsis.pk, "libelle": "Autre"}).content.decode()
    assert "Quelqu’un d’autre a enregistré" in texte


def test_a_structure_says_which_one_it_replaced_and_which_replaced_it(client_de, arbre):
    client = client_de("coordinateur")
    ancienne = StructureFactory(sigle="SVX", date_fin=datetime.date(2020, 1, 1))
    Structure.objects.filter(pk=arbre["section"].pk).update(remplace=ancienne)
    pages = [
        client.get(reverse("agents:structure_corriger", args=[s.pk])).content.decode()
        for s in (arbre["section"], ancienne, arbre["direction"])
    ]
    assert "<dt>Remplace</dt>" in pages[0] and str(ancienne) in pages[0] and "Remplacée par" not in pages[0]
    assert "<dt>Remplacée par</dt>" in pages[1] and f"structures/{arbre['section'].pk}" in pages[1]
    assert "Remplac" not in pages[2]


def test_each_number_of_the_posts_leads_to_its_rows(client_de, arbre):
    client = client_de("chef")
    reponse = client.get(reverse("agents:postes"))
    for ligne in reponse.context["table"].page:
        liste = client.get(reverse("agents:liste"), {"poste": ligne.record.pk})
        assert liste.context["total"] == ligne.record.effectif


def test_follow_up_of_a_post_is_changed(client_de):
    client, poste = client_de("rh"), PosteFactory(intitule="Égoutier")
    PosteFactory(intitule="Jardinier")
    adresse = reverse("agents:poste_corriger", args=[poste.pk])
    assert client.get(adresse).status_code == 200
    doublon = client.post(adresse, {"intitule": "Jardinier", "categorie_suivi": "renforce", "version": "1"})
    assert doublon.status_code == 200 and not Poste.objects.filter(categorie_suivi="renforce").exists()
    client.post(adresse, {"intitule": "Égoutier", "categorie_suivi": "renforce", "version": "1"})
    assert Poste.objects.get(pk=poste.pk).categorie_suivi == "renforce"


@pytest.mark.parametrize("role", ["medecin", "infirmier", "preventeur", "encadrant", "agent", "chct"])
@pytest.mark.parametrize("nom", ["agents:structures", "agents:structure_ajouter", "agents:postes"])
def test_others_are_refused(client_de, role, nom):
    assert client_de(role).get(reverse(nom)).status_code == 403
