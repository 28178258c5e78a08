"""The past of a record in words, each field for whoever may read it."""

import datetime
import re

import pytest
from django.db import connection

from agents.actions import update_agent
from agents.models import Absence, Agent
from nouvea_sst.comptes.contexte import acting
from nouvea_sst.comptes.historique import Piste, read_events, read_history
from nouvea_sst.comptes.journal import record_act
from tests.agents.factories import JOUR, AbsenceFactory, AgentFactory, StructureFactory
from tests.commissions.factories import agenda
from tests.fabriques import compte
from tests.signalements.factories import ActionFactory, SignalementFactory
from tests.visites import factories as v
from visites.models import Visite

pytestmark = pytest.mark.django_db


def told(etapes):
    return [(e.fait, [(c.libelle, c.avant, c.apres) for c in e.changements]) for e in etapes]


def test_before_and_after_in_words_latest_first():
    agent = AgentFactory(nom="Un", sexe="", date_naissance=None)
    autre = StructureFactory(sigle="BIB", libelle="Bibliothèque")
    ancienne = str(agent.structure)
    rh = compte("rh", first_name="Luc", last_name="Poala")
    Agent.objects.filter(pk=agent.pk).update(date_naissance=datetime.date(1980, 3, 1), est_elu=True)
    with acting(rh, "r-1"):
        Agent.objects.filter(pk=agent.pk).update(nom="Deux", sexe="F", structure=autre)
        record_act(acteur=rh, acte="agents.update_agent", objet=agent, agent=agent)
    etapes = read_history([Piste(Agent)], agent.pk)
    assert told(etapes)[:2] == [
        (
            "Modification",
            [
                ("nom d’usage", "Un", "Deux"),
                ("sexe", "(vide)", "Femme"),
                ("structure", ancienne, "BIB – Bibliothèque"),
            ],
        ),
        ("Modification", [("date de naissance", "(vide)", "01/03/1980"), ("élu", "non", "oui")]),
    ]
    assert [(e.qui, e.role, e.acte) for e in etapes] == [
        ("Luc Poala", "Gestionnaire RH", "Fiche corrigée"),
        ("Système", "", ""),
        ("Système", "", ""),
    ]
    assert etapes[2].fait == "Ajout"


def test_events_of_a_record_tell_the_act_its_reason_and_both_values():
    """As the pages of the reference data show them: what the installation wrote is no event."""
    installe = AgentFactory(nom="Un")
    rh = compte("rh", first_name="Luc", last_name="Poala")
    with acting(rh, "r-1"):
        ajoute = AgentFactory(nom="Autre")
    with acting(rh, "r-2"):
        Agent.objects.filter(pk=installe.pk).update(nom="Deux", prenom="")
        record_act(acteur=rh, acte="agents.update_agent", objet=installe, libelle="Faute de frappe")
    avant = installe.prenom
    assert [(e["titre"], e["texte"]) for e in read_events([installe, ajoute])] == [
        (
            "Fiche corrigée",
            f"Luc Poala · Faute de frappe · nom d’usage : Un → Deux ; prénom : {avant} → (vide)",
        ),
        ("Ajout", "Luc Poala"),
    ]
    assert read_events([]) == []


def test_row_older_than_its_past_begins_at_its_first_change():
    with connection.cursor() as curseur:
        curseur.execute("SET LOCAL session_replication_role = replica")
        agent = AgentFactory(nom="Un")
        curseur.execute("SET LOCAL session_replication_role = origin")
    Agent.objects.filter(pk=agent.pk).update(nom="Deux")
    etapes = read_history([Piste(Agent)], agent.pk)
    assert told(etapes) == [("Modification", [("nom d’usage", "Un", "Deux")])]


def test_deleted_rows_of_a_record_stay_in_its_past():
    absence = AbsenceFactory()
    agent = absence.agent_id
    Absence.objects.filter(pk=absence.pk).delete()
    etapes = read_history([Piste(Absence, "agent_id")], agent)
    assert [e.fait for e in etapes] == ["Suppression", "Ajout"]
    assert ("fin", "27/11/2026", "(vide)") in told(etapes)[0][1]


def test_hidden_field_is_left_out_and_a_step_without_any_too():
    absence = AbsenceFactory()
    autre = AbsenceFactory().type
    Absence.objects.filter(pk=absence.pk).update(type=autre)
    etapes = read_history([Piste(Absence, "agent_id", caches=("type",))], absence.agent_id)
    assert [e.fait for e in etapes] == ["Ajout"]
    assert "type" not in {c.libelle for e in etapes for c in e.changements}
    assert len(read_history([Piste(Absence, "agent_id")], absence.agent_id)) == 2


def test_past_of_a_record_costs_the_same_with_few_and_many_changes(django_assert_max_num_queries):
    agent = AgentFactory()
    for rang in range(20):
        with acting(compte("rh"), f"r-{rang}"):
            Agent.objects.filter(pk=agent.pk).update(nom=f"Nom{rang}", structure=StructureFactory())
    with django_assert_max_num_queries(8):
        assert len(read_history([Piste(Agent)], agent.pk)) == 21


def test_correction_on_screen_stands_in_the_history(client_de):
    client = client_de("rh", first_name="Luc", last_name="Poala")
    agent = AgentFactory(nom="Un")
    with acting(client.compte, "r-1"):
        faits = {"acteur": client.compte, "agent_id": agent.pk, "version": agent.version}
        update_agent(**faits, jour=JOUR, champs={"nom": "Deux"})
    page = client.get(f"/agents/{agent.pk}/historique/").content.decode()
    assert "Fiche corrigée" in page and "Luc Poala" in page
    assert page.index(">Un<") < page.index(">Deux<")


def test_two_changes_of_one_minute_are_items_of_a_list_not_regions_of_one_name(client_de):
    agent = AgentFactory(nom="Un")
    for nom in ("Deux", "Trois"):
        Agent.objects.filter(pk=agent.pk).update(nom=nom)
    page = client_de("rh").get(f"/agents/{agent.pk}/historique/").content.decode()
    titres = re.findall(r"<h2[^>]*>(Modification .*?)</h2>", page)
    assert len(titres) == 2 and len(set(titres)) == 1
    assert page.count('<li class="panel">') == 3
    assert not re.search(r"<section[^>]*>\s*<header>\s*<h2[^>]*>Modification", page)


@pytest.mark.parametrize("role", ["medecin", "encadrant", "agent", "auditeur", "preventeur"])
def test_history_is_for_those_who_keep_the_file(client_de, role):
    assert client_de(role).get(f"/agents/{AgentFactory().pk}/historique/").status_code == 403


def test_conclusion_is_hidden_from_who_plans_without_reading_it(client_de, monkeypatch):
    visite = v.held()
    client = client_de("coordinateur")
    assert "onclusion" in client.get(f"/visites/{visite.pk}/historique/").content.decode()
    monkeypatch.setattr("visites.views.historique.sees_conclusion", lambda user, agent: False)
    page = client.get(f"/visites/{visite.pk}/historique/")
    champs = {c.libelle for e in page.context["etapes"] for c in e.changements}
    assert champs and not champs & {"conclusion", "prochaine visite", "message à l’employeur"}


def test_motive_on_request_is_hidden_from_who_may_not_know(client_de, monkeypatch):
    visite = v.held()
    Visite.objects.filter(pk=visite.pk).update(motif=v.held().motif)
    monkeypatch.setattr("visites.views.historique.sees_motif", lambda user, agent: False)
    page = client_de("coordinateur").get(f"/visites/{visite.pk}/historique/")
    assert "motif" not in {c.libelle for e in page.context["etapes"] for c in e.changements}


def test_declarer_is_hidden_from_who_may_not_know(client_de, monkeypatch):
    declarant = compte("agent", first_name="Canari", last_name="Temoin")
    with acting(declarant, "r-1"):
        signalement = SignalementFactory(declarant=declarant)
    client = client_de("preventeur")
    adresse = f"/signalements/{signalement.pk}/historique/"
    assert "Canari" in client.get(adresse).content.decode()
    monkeypatch.setattr("signalements.views.historique.can_view_declarant", lambda user, vu: False)
    assert "Canari" not in client.get(adresse).content.decode()


def test_standalone_records_have_their_page(client_de):
    seance, action = agenda("Un point"), ActionFactory()
    seance.points.all().delete()
    client = client_de("chef")
    assert "Suppression" in client.get(f"/commissions/{seance.pk}/historique/").content.decode()
    assert "Ajout" in client.get(f"/signalements/actions/{action.pk}/historique/").content.decode()


def test_record_without_a_past_says_so(client_de, monkeypatch):
    monkeypatch.setattr("agents.views.historique.read_history", lambda pistes, pk: [])
    page = client_de("rh").get(f"/agents/{AgentFactory().pk}/historique/").content.decode()
    assert "Aucun changement enregistré" in page
