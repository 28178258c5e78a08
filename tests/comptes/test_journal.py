"""The journal only grows, and is written with the act."""

import pytest
from django.db import DatabaseError, connection, transaction

from nouvea_sst.comptes import journal
from nouvea_sst.comptes.enums import NatureJournal
from nouvea_sst.comptes.models import LigneJournal
from tests.agents.factories import AgentFactory
from tests.fabriques import compte

pytestmark = pytest.mark.django_db


def test_line_names_the_actor_by_text():
    medecin = compte("medecin", username="dr", first_name="Anne", last_name="Le Goff")
    ligne = journal.record_act(acteur=medecin, acte="visites.record_avis", champs=["conclusion"])
    assert (ligne.acteur_cle, ligne.acteur_nom, ligne.role) == ("dr", "Anne Le Goff", "medecin")
    assert ligne.champs == ["conclusion"]


def test_nobody_means_the_system():
    ligne = journal.record_act(acteur=None, acte="visites.refresh_suivis")
    assert (ligne.acteur_cle, ligne.acteur_nom, ligne.role) == ("systeme", "Système", "")


@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE comptes_lignejournal SET acte = 'autre'",
        "DELETE FROM comptes_lignejournal",
        "TRUNCATE comptes_lignejournal",
    ],
)
def test_database_refuses_to_change_the_journal(ordre):
    journal.record_act(acteur=None, acte="un.acte")
    with (
        pytest.raises(DatabaseError, match="journal|lignejournal"),
        transaction.atomic(),
        connection.cursor() as curseur,
    ):
        curseur.execute(ordre)
    assert LigneJournal.objects.filter(acte="un.acte").count() == 1


def test_journal_is_read_by_the_auditor_alone():
    journal.record_act(acteur=None, acte="un.acte")
    assert LigneJournal.objects.visible_to(compte("auditeur")).exists()
    for role in ("coordinateur", "chef", "medecin", "administrateur", "agent"):
        assert not LigneJournal.objects.visible_to(compte(role)).exists()


def test_refusal_is_recorded_with_the_route_and_nothing_typed(client_de):
    client = client_de("chct")
    reponse = client.get("/agents/?q=secret-tape")
    assert reponse.status_code == 403
    ligne = LigneJournal.objects.get(nature=NatureJournal.REFUS)
    assert ligne.objet_libelle == "agents:liste"
    assert "secret-tape" not in str(LigneJournal.objects.values())


def test_one_act_on_many_agents_leaves_a_line_each(django_assert_num_queries):
    agents = [AgentFactory(), AgentFactory()]
    with django_assert_num_queries(1):
        ecrites = journal.record_acts(
            acteur=None, acte="agents.essai", agents=[(agents[0], ["nom"]), (agents[1], [])]
        )
    lignes = LigneJournal.objects.filter(acte="agents.essai").order_by("pk")
    assert ecrites == 2
    assert [(n.agent_cle, n.objet_libelle, n.champs, n.nature) for n in lignes] == [
        (str(agents[0].pk), str(agents[0]), ["nom"], "acte"),
        (str(agents[1].pk), str(agents[1]), [], "acte"),
    ]
    assert journal.record_acts(acteur=None, acte="agents.essai", agents=[]) == 0


def test_a_record_that_names_many_is_read_at_the_price_of_one(django_assert_num_queries):
    lecteur, objet = compte("coordinateur"), compte("rh")
    with django_assert_num_queries(1):
        journal.record_consultations(acteur=lecteur, acte="un.acte", objet=objet, agents=["1", "2", "3"])
    assert sorted(LigneJournal.objects.values_list("agent_cle", flat=True)) == ["1", "2", "3"]
    journal.record_consultations(acteur=lecteur, acte="deux.acte", objet=objet, agents=[])
    assert LigneJournal.objects.get(acte="deux.acte").agent_cle == ""
