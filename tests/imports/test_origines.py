"""Each record knows the import that brought it, and each import the records that it brought or changed."""

import datetime

import pytest
from django.urls import reverse

from agents.models import Agent
from nouvea_sst.comptes.enums import Role
from nouvea_sst.imports.moteur.origines import find_origin_of, records_of
from tests.agents.factories import AgentFactory
from tests.fabriques import compte
from tests.imports.fichiers import BOULA, GONY, SAO
from tests.imports.test_annulation import MUTEE, later, load, take_back

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)


@pytest.fixture
def rh(client_de):
    return client_de(Role.RH)


def text(client, vue, pk, suite=""):
    reponse = client.get(reverse(vue, args=[pk]) + suite)
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_page_of_an_agent_names_the_import_that_brought_him(rh, client_de):
    depot = load([BOULA])
    agent = Agent.objects.get()
    texte = text(rh, "agents:agent", agent.pk)
    assert f"l’import n° {depot.pk}</a>" in texte and reverse("imports:bilan", args=[depot.pk]) in texte
    assert "l’import n°" not in text(client_de(Role.MEDECIN), "agents:agent", agent.pk)
    entre = later(lambda: AgentFactory())
    assert "l’import n°" not in text(rh, "agents:agent", entre.pk)


def test_past_of_an_agent_names_the_imports_of_his_file_and_of_his_affectations(rh):
    premier = load([BOULA])
    second = load([MUTEE], jour=JOUR + datetime.timedelta(days=3))
    texte = text(rh, "agents:historique", Agent.objects.get().pk)
    for depot in (premier, second):
        assert f"Par l’import n° {depot.pk} du " in texte
    later(lambda: Agent.objects.update(prenom="Anne"))
    assert text(rh, "agents:historique", Agent.objects.get().pk).count("Par l’import") == texte.count(
        "Par l’import"
    )


def test_list_is_exactly_what_the_import_made_and_changed(rh):
    load([BOULA])
    depot = load([MUTEE, SAO, GONY], jour=JOUR + datetime.timedelta(days=3))
    later(lambda: AgentFactory())
    chef = compte(Role.CHEF)
    crees = records_of(depot, Agent, "crees", chef)
    assert set(crees.values_list("nom", flat=True)) == {"SAO", "GONY"} and depot.bilan["crees"] == 2
    assert list(records_of(depot, Agent, "modifies", chef).values_list("nom", flat=True)) == ["BOULA"]
    texte = text(rh, "imports:fiches", depot.pk, "?fait=modifies")
    assert "BOULA Nathalie" in texte and "SAO" not in texte
    assert f'{reverse("imports:fiches", args=[depot.pk])}?fait=crees">2</a>' in text(
        rh, "imports:bilan", depot.pk
    )
    assert rh.get(reverse("imports:fiches", args=[depot.pk]) + "?fait=autre").status_code == 404


def test_import_taken_back_has_no_records_any_more(rh):
    depot = load([BOULA])
    take_back(depot)
    assert rh.get(reverse("imports:fiches", args=[depot.pk])).status_code == 404
    assert "?fait=" not in text(rh, "imports:bilan", depot.pk)


def test_history_is_filtered_and_its_numbers_lead_to_their_records(rh):
    depot = load([BOULA])
    page = reverse("imports:historique")
    texte = rh.get(page).content.decode()
    assert f'{reverse("imports:fiches", args=[depot.pk])}?fait=crees">1</a>' in texte
    for requete in ("q=r.csv", f"q={depot.sha256[:8]}", "cible=agents", "etat=applique", "du=01/01/2020"):
        assert rh.get(f"{page}?{requete}").context["total"] == 1, requete
    for requete in ("q=zzz", "cible=affectations", "etat=depose", "au=01/01/2020"):
        assert rh.get(f"{page}?{requete}").context["total"] == 0, requete


def test_origin_costs_one_question(django_assert_num_queries):
    load([BOULA])
    agent, chef = Agent.objects.get(), compte(Role.CHEF)
    chef.has_perm("imports.import_registre")
    with django_assert_num_queries(1):
        assert find_origin_of(agent, chef) is not None
