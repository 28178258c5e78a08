"""Counters of the menu: each is the number of rows of the list that its entry opens, in one question."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import DemandeCompte
from reporting.jour.compteurs import count_menu
from tests.fabriques import compte, log_in
from tests.reporting import factories as f

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2000, 1, 1)
ATTENDUS = {
    "coordinateur": {"visites:liste": 3, "signalements:liste": 2},
    "chef": {"visites:liste": 3, "signalements:liste": 2, "comptes:liste": 1},
    "medecin": {"visites:liste": 3},
    "infirmier": {"visites:liste": 3},
    "preventeur": {"signalements:liste": 2},
    "rh": {"visites:liste": 3},
}


@pytest.fixture
def retards():
    """Three late due dates, one to come, two reports to qualify, one account to approve."""
    f.make_target("visites.periodicite.simple", 60)
    for _ in range(3):
        f.SuiviFactory(echeance=JOUR)
    f.SuiviFactory(echeance=datetime.date(2100, 1, 1))
    f.SignalementFactory()
    f.SignalementFactory()
    nouveau = compte("rh")
    DemandeCompte.objects.create(
        demandee_le=timezone.now(),
        compte=nouveau,
        demandeur=compte("administrateur"),
        nature="creation",
        role="rh",
    )


@pytest.mark.parametrize("role", Role.values)
def test_each_counter_counts_the_rows_that_its_entry_opens(retards, role):
    client = log_in(compte(role))
    entrees = [e for e in client.get("/").context["menu"] if e["compte"] is not None]
    assert sorted(e["compte"] for e in entrees) == sorted(ATTENDUS.get(role, {}).values())
    for entree in entrees:
        assert client.get(entree["url"]).context["total"] == entree["compte"], entree["url"]


@pytest.mark.parametrize("role", Role.values)
def test_counters_ask_one_question_at_most_and_none_for_nothing(retards, role):
    qui = compte(role)
    qui.has_perm("agents.view_agent")
    with CaptureQueriesContext(connection) as sql:
        compteurs = count_menu(qui)
    assert {nom: c.nombre for nom, c in compteurs.items()} == ATTENDUS.get(role, {})
    assert len(sql) == (1 if role in ATTENDUS else 0)


def test_counter_of_nothing_is_not_shown():
    entrees = log_in(compte("coordinateur")).get("/").context["menu"]
    assert [e["compte"] for e in entrees if e["compte"] is not None] == []


@pytest.mark.parametrize(
    "role, absentes, presentes",
    [
        ("encadrant", {"Agents"}, {"Mon équipe", "Restrictions", "Mon dossier"}),
        ("agent", {"Agents", "Mon équipe", "Restrictions"}, {"Mon dossier"}),
        ("coordinateur", {"Mon équipe", "Restrictions", "Mon dossier"}, {"Agents", "Visites"}),
    ],
)
def test_menu_names_the_team_and_the_own_file_where_they_replace_the_list(role, absentes, presentes):
    mots = {e["libelle"] for e in log_in(compte(role)).get("/").context["menu"]}
    assert presentes <= mots
    assert not absentes & mots
