"""« Qui a consulté ce dossier »: role and date for the agent, the section's accounts for its chief."""

import datetime
from contextlib import contextmanager

import pytest
from django.utils import timezone

from nouvea_sst.comptes.journal import record_act, record_consultation
from tests.agents.factories import AgentFactory
from tests.fabriques import compte, log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier():
    """An agent whose file was opened by a coordinateur, a gestionnaire RH and himself."""
    moi = compte("agent", first_name="Joseph", last_name="Kaloi")
    agent = AgentFactory(compte=moi)
    for role, nom in (("coordinateur", "Wabete"), ("rh", "Poala")):
        lecteur = compte(role, first_name="Ana", last_name=nom)
        record_consultation(acteur=lecteur, acte="agents.absences", objet=agent, agent=agent)
    record_act(acteur=lecteur, acte="agents.update_agent", objet=agent, agent=agent)
    record_consultation(acteur=lecteur, acte="agents.agent", objet=AgentFactory(), agent=AgentFactory())
    return {"moi": moi, "agent": agent, "adresse": f"/agents/{agent.pk}/consultations/"}


def roles(reponse):
    return [ligne.get_cell_value("role") for ligne in reponse.context["table"].rows]


def test_agent_reads_role_and_date_and_no_name(dossier):
    reponse = log_in(dossier["moi"]).get(dossier["adresse"])
    assert roles(reponse) == ["Vous-même", "Gestionnaire RH", "Coordinateur médico-social"]
    page = reponse.content.decode()
    assert "Poala" not in page and "Wabete" not in page and "Absences consultées" not in page
    assert [c.name for c in reponse.context["table"].columns] == ["quand", "role"]


def test_agent_does_not_read_the_accesses_to_another_file(dossier):
    autre = AgentFactory(compte=compte("agent"))
    assert log_in(dossier["moi"]).get(f"/agents/{autre.pk}/consultations/").status_code == 404


def test_chief_reads_the_section_with_names(dossier, client_de):
    reponse = client_de("chef").get(dossier["adresse"])
    page = reponse.content.decode()
    assert "Ana Wabete" in page and "Absences consultées" in page
    assert "Poala" not in page
    assert roles(reponse) == ["Vous-même", "Coordinateur médico-social"]


def open_often(lecteur, agent, *heures, acte="agents.agent"):
    """This person opens the file at these hours of one morning."""
    for heure in heures:
        quand = timezone.make_aware(datetime.datetime.fromisoformat(f"2026-03-24 {heure}"))
        with freeze(quand):
            record_consultation(acteur=lecteur, acte=acte, objet=agent, agent=agent)


@contextmanager
def freeze(quand):
    """Lines written in the block bear this moment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: quand)
        yield


def moments(reponse):
    return [ligne.get_cell("quand") for ligne in reponse.context["table"].rows]


def test_openings_in_a_row_are_one_line_with_their_count(client_de):
    """Nobody else came between; another page is another line for whoever is told the page."""
    agent = AgentFactory(compte=compte("agent"))
    ana, luc = compte("coordinateur", last_name="Wabete"), compte("chef", last_name="Poala")
    open_often(ana, agent, "10:02", "10:07", "10:14")
    open_often(luc, agent, "10:20")
    open_often(ana, agent, "10:30", "10:30")
    open_often(ana, agent, "10:41", acte="agents.absences")
    chef = client_de("chef")
    assert moments(chef.get(f"/agents/{agent.pk}/consultations/"))[1:] == [
        "24/03/2026 à 10:41",
        "2 fois, le 24/03/2026 à 10:30",
        "24/03/2026 à 10:20",
        "3 fois, le 24/03/2026 de 10:02 à 10:14",
    ]
    assert "En tout : 9 consultations." in chef.get(f"/agents/{agent.pk}/consultations/").content.decode()
    lui = log_in(agent.compte)
    assert moments(lui.get(f"/agents/{agent.pk}/consultations/"))[2:] == [
        "3 fois, le 24/03/2026 de 10:30 à 10:41",
        "24/03/2026 à 10:20",
        "3 fois, le 24/03/2026 de 10:02 à 10:14",
    ]
    siennes = lui.get("/mon-dossier/").context["consultations"]
    assert [c["quand"] for c in siennes][1:] == [
        "3 fois, le 24/03/2026 de 10:30 à 10:41",
        "24/03/2026 à 10:20",
        "3 fois, le 24/03/2026 de 10:02 à 10:14",
    ]


@pytest.mark.parametrize("role", ["coordinateur", "medecin", "rh", "encadrant", "psychologue", "auditeur"])
def test_nobody_else_reads_it(dossier, client_de, role):
    assert client_de(role).get(dossier["adresse"]).status_code == 403


def test_list_does_not_leave_as_a_workbook(dossier):
    reponse = log_in(dossier["moi"]).get(dossier["adresse"] + "?format=xlsx")
    assert reponse["Content-Type"].startswith("text/html")
