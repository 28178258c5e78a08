"""A line names the agent whose file was read, wherever it was read; what was typed in a search stays out."""

import pytest
from django.urls import reverse

from agents.actions import delete_absence
from nouvea_sst.comptes.enums import NatureJournal
from nouvea_sst.comptes.models import LigneJournal
from tests.agents.factories import AbsenceFactory, AgentFactory
from tests.architecture.verifs_urls import routes
from tests.permissions.conftest import monde  # noqa: F401
from tests.permissions.essais import open_as
from tests.permissions.monde import taken_back
from tests.permissions.tableau import read_all
from tests.signalements.factories import AccidentFactory, SignalementFactory

pytestmark = pytest.mark.django_db
TAPE = "Zqtape"
BLOCS = read_all()
LISTES = sorted(route.nom for route in routes() if getattr(route.vue, "est_liste", False))


def consulted():
    """Act and agent of each consultation line."""
    lignes = LigneJournal.objects.filter(nature=NatureJournal.CONSULTATION).order_by("pk")
    return list(lignes.values_list("acte", "agent_cle"))


def test_page_that_puts_something_back_names_the_agent(client_de):
    client = client_de("rh")
    absence = AbsenceFactory()
    retrait = delete_absence(acteur=client.compte, absence_id=absence.pk, version=absence.version)
    client.get(reverse("comptes:retablir", args=[retrait.pk]))
    assert consulted() == [("comptes.retablir", str(absence.agent_id))]


def test_report_leaves_a_line_for_each_agent_that_its_page_names(client_de):
    cites, victime = AgentFactory.create_batch(2), AgentFactory()
    vu = SignalementFactory()
    vu.agents.set(cites)
    AccidentFactory(signalement=vu, agent=victime)
    adresse = reverse("signalements:signalement", args=[vu.pk])
    client_de("coordinateur").get(adresse)
    acte = "signalements.signalement"
    assert sorted(consulted()) == sorted((acte, str(agent.pk)) for agent in [*cites, victime])


def test_report_whose_agents_the_reader_may_not_see_leaves_one_line_without_them(client_de):
    client = client_de("agent")
    vu = SignalementFactory(declarant=client.compte)
    vu.agents.set(AgentFactory.create_batch(2))
    client.get(reverse("signalements:signalement", args=[vu.pk]))
    assert consulted() == [("signalements.signalement", "")]


@pytest.mark.parametrize("nom", [nom for nom in LISTES if nom in BLOCS])
def test_what_is_typed_in_the_filters_of_a_list_never_reaches_the_journal(monde, nom):  # noqa: F811
    """Every field of the filters is given the same word."""
    position, role = next(
        (position, role)
        for (methode, position), reponses in BLOCS[nom].lignes.items()
        for role, reponse in reponses.items()
        if methode == "GET" and reponse == "200"
    )
    adresse = monde.adresse(nom, BLOCS[nom].cles, position, role)
    with taken_back():
        champs = {"q", "agent", "compte", "texte", "nom", "cle", "dossier"}
        suite = "&".join(f"{champ}={TAPE}" for champ in sorted(champs))
        assert open_as(monde, role, f"{adresse}?{suite}").status_code == 200
        lignes = LigneJournal.objects.filter(nature=NatureJournal.CONSULTATION)
        assert [ligne for ligne in lignes if TAPE.lower() in str(vars(ligne)).lower()] == []
