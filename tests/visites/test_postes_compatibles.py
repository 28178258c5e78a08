"""Posts that go with an agent's restrictions: found from his file, named in words of work."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from agents.actions import load_types_exigence
from agents.models import ExigencePoste, TypeExigence
from nouvea_sst.comptes.models import LigneJournal
from tests.agents.factories import AgentFactory, PosteFactory
from tests.visites.factories import held
from visites.actions import load_listes
from visites.models import Restriction, TypeRestriction

pytestmark = pytest.mark.django_db
MOIS = datetime.timedelta(days=30)


@pytest.fixture
def types():
    load_types_exigence(acteur=None)
    load_listes(acteur=None)
    return {t.code: t.pk for t in TypeExigence.objects.all()}


def restrict(agent, libelle, precision="", depuis=-1, fin=None):
    jour = timezone.localdate()
    return Restriction.objects.create(
        visite=held(agent=agent),
        agent=agent,
        type=TypeRestriction.objects.get(libelle=libelle),
        precision=precision,
        date_debut=jour + depuis * MOIS,
        date_fin=fin,
    )


def demand(intitule, types, **dites):
    poste = PosteFactory(intitule=intitule)
    for code in types:
        niveau, valeur = dites.get(code, ("jamais", None))
        ExigencePoste.objects.create(
            poste=poste, type_id=types[code], niveau=niveau, valeur=valeur and Decimal(valeur)
        )
    return poste


def rows(page):
    lignes = {}
    for ligne in page.context["table"].rows:
        lignes[ligne.record.intitule] = (ligne.record.accord, ligne.get_cell_value("heurts"))
    return lignes


def test_posts_are_graded_and_each_clash_is_named(client_de, types):
    agent = AgentFactory(poste=None)
    restrict(agent, "Port de charges limité", "10 kg au plus")
    restrict(agent, "Pas de travail de nuit ni d’horaires atypiques")
    restrict(agent, "Aménagement matériel", "siège")
    restrict(agent, "Pas de conduite", fin=timezone.localdate() - datetime.timedelta(days=1))
    demand("Accueil", types, public=("souvent", None), charges=("parfois", 5), conduite=("souvent", None))
    demand("Magasin", types, charges=("souvent", 25))
    demand("Ronde", types, nuit=("parfois", None))
    PosteFactory(intitule="Inconnu")
    client = client_de("coordinateur")
    adresse = reverse("visites:postes_compatibles", args=[agent.pk])
    page = client.get(adresse)
    trouves = {nom: accord for nom, (accord, _) in rows(page).items()}
    assert trouves == {
        "Accueil": "compatible",
        "Ronde": "a_amenager",
        "Inconnu": "a_verifier",
        "Magasin": "contraire",
    }
    assert list(trouves) == ["Accueil", "Ronde", "Inconnu", "Magasin"]
    texte = page.content.decode()
    assert "Port de charges, souvent, 25 kg (au plus 10 kg)" in texte
    assert "Port de charges : non su" in texte
    assert "Sans effet sur le choix d’un poste : aménagement matériel siège" in texte
    seuls = client.get(adresse, {"accord": "compatible"})
    assert list(rows(seuls)) == ["Accueil"]


def test_neither_the_address_nor_the_journal_says_what_is_avoided(client_de, types):
    agent = AgentFactory()
    restrict(agent, "Port de charges limité", "10 kg au plus")
    client = client_de("coordinateur")
    adresse = reverse("visites:postes_compatibles", args=[agent.pk])
    client.get(adresse)
    ligne = LigneJournal.objects.get(acte="visites.postes_compatibles")
    assert ligne.agent_cle == str(agent.pk)
    ecrit = " ".join([adresse, ligne.objet_libelle, ligne.objet_type, *ligne.champs])
    assert "charge" not in ecrit.lower() and "kg" not in ecrit
    classeur = client.get(adresse, {"format": "xlsx"})
    assert 'filename="postes' in classeur["Content-Disposition"]


def test_of_two_limits_the_strictest_counts_and_none_is_the_strictest(client_de, types):
    agent = AgentFactory()
    restrict(agent, "Port de charges limité", "15 kg")
    seconde = restrict(agent, "Port de charges limité", "8 kg")
    demand("Magasin", types, charges=("souvent", 10))
    client = client_de("medecin")
    adresse = reverse("visites:postes_compatibles", args=[agent.pk])
    assert rows(client.get(adresse))["Magasin"][0] == "contraire"
    seconde.delete()
    assert rows(client.get(adresse))["Magasin"][0] == "compatible"
    restrict(agent, "Port de charges limité", "")
    assert rows(client.get(adresse))["Magasin"][0] == "contraire"


def test_an_agent_without_such_a_restriction_is_told_so_and_nobody_looks_for_himself(client_de, types):
    client = client_de("coordinateur")
    agent = AgentFactory()
    page = client.get(reverse("visites:postes_compatibles", args=[agent.pk]))
    assert "Aucune restriction ne limite" in page.content.decode()
    sien = AgentFactory(compte=client.compte)
    assert client.get(reverse("visites:postes_compatibles", args=[sien.pk])).status_code == 403


def test_other_posts_are_not_held_against_it_and_the_post_is_not_offered(client_de, types):
    occupe = demand("Magasin", types, charges=("souvent", 30), hauteur=("souvent", None))
    demand("Dépôt", types, charges=("souvent", 30))
    agent = AgentFactory(poste=occupe)
    ici = restrict(agent, "Port de charges limité", "10 kg")
    restrict(agent, "Pas de travail en hauteur")
    adresse = reverse("visites:postes_compatibles", args=[agent.pk])
    client = client_de("medecin")
    assert {nom: accord for nom, (accord, _) in rows(client.get(adresse)).items()} == {
        "Magasin": "contraire",
        "Dépôt": "contraire",
    }
    Restriction.objects.filter(pk=ici.pk).update(etendue="poste")
    page = client.get(adresse)
    assert {nom: accord for nom, (accord, _) in rows(page).items()} == {"Dépôt": "compatible"}
    assert "Au seul poste occupé" in page.content.decode()
