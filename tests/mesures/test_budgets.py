"""No HTML page takes more than 15 statements and 150 kB, in a small city as in one ten times as big."""

import datetime
import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.http import HttpResponse
from django.urls import path

from agents.models import Agent
from nouvea_sst.comptes.acces import acces_public
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import LigneJournal, Utilisateur
from nouvea_sst.mesures import OCTETS_MAX, SQL_MAX, Mesure, leave_nothing, measure
from nouvea_sst.pages_mesurees import Page, pages

pytestmark = pytest.mark.django_db
ATTENDUES = {
    "accueil",
    "agents",
    "visites",
    "signalements",
    "accidents",
    "actions",
    "absences",
    "agents-filtres",
    "agent",
    "recherche",
    "tableau",
    "agents-xlsx",
}
# A house of so few agents may have nothing to tell there: what is absent is not asked for.
SELON_LES_FAITS = 3


@pytest.fixture
def ville(settings, tmp_path):
    """A function that fills the empty house with so many agents."""
    settings.VAR = tmp_path
    call_command("charger_referentiel", stdout=io.StringIO())
    call_command("synchroniser_roles", stdout=io.StringIO())

    def fill(agents):
        call_command("peupler", agents=agents, annees=5, graine=1, stdout=io.StringIO())

    return fill


def costs(ville, agents):
    """What each page costs in such a city; the city is taken away afterwards."""
    with leave_nothing():
        ville(agents)
        jour = datetime.date.today()  # noqa: DTZ011 the pages read the real day
        return {page.nom: (page, measure(page, 1)) for page in pages(jour) if page.fabrique is None}


def test_every_page_keeps_its_budget_and_costs_as_many_statements_in_a_city_ten_times_as_big(ville):
    petite, grande = costs(ville, 150), costs(ville, 1500)
    assert set(petite) >= ATTENDUES
    assert set(petite) == set(grande)
    trop = [m for page, m in [*petite.values(), *grande.values()] if not m.fits(page)]
    assert trop == []
    ecarts = {n: grande[n][1].sql - petite[n][1].sql for n in petite}
    assert {n: e for n, e in ecarts.items() if e and n in ATTENDUES - {"accueil"}} == {}
    assert {n: e for n, e in ecarts.items() if e > SELON_LES_FAITS} == {}


def test_limits():
    html, classeur = Page("a", Role.RH), Page("a", Role.RH, html=False)
    cout = {"mediane_ms": 1, "p95_ms": 1, "cpu_ms": 1}
    assert Mesure("a", sql=SQL_MAX, octets=OCTETS_MAX, **cout).fits(html)
    assert not Mesure("a", sql=SQL_MAX + 1, octets=10, **cout).fits(html)
    assert not Mesure("a", sql=1, octets=OCTETS_MAX + 1, **cout).fits(html)
    assert Mesure("a", sql=99, octets=OCTETS_MAX * 9, **cout).fits(classeur)


@acces_public
def greedy(request):
    """A page that asks the database sixteen times."""
    return HttpResponse([Agent.objects.filter(pk=n).exists() for n in range(16)])


@acces_public
def missing(request):
    """A page that does not answer."""
    return HttpResponse(status=404)


urlpatterns = [path("gourmande", greedy), path("absente", missing)]


@pytest.mark.urls(__name__)
@pytest.mark.sans_n_plus_1
def test_page_that_asks_too_often_is_seen(client_de):
    client_de(Role.RH)
    page = Page("gourmande", Role.RH, "/gourmande")
    with leave_nothing():
        mesure = measure(page, 1)
    assert mesure.sql >= 16
    assert not mesure.fits(page)


def test_command_writes_the_agreed_keys_and_leaves_nothing(ville, capsys):
    ville(60)
    comptes, lignes, avant = Utilisateur.objects.count(), LigneJournal.objects.count(), Agent.objects.count()
    call_command("mesurer", "--json", "--tours=1", "--pages=accueil,agents,agents-xlsx,tableau,agent")
    lues = json.loads(capsys.readouterr().out)
    assert [m["page"] for m in lues] == ["accueil", "agents", "agents-xlsx", "tableau", "agent"]
    for mesure in lues:
        assert list(mesure) == ["page", "sql", "octets", "mediane_ms", "p95_ms", "cpu_ms"]
        assert mesure["sql"] > 3
        assert mesure["octets"] > 5000
    assert (comptes, lignes, avant) == (
        Utilisateur.objects.count(),
        LigneJournal.objects.count(),
        Agent.objects.count(),
    )


def test_command_tells_a_french_table_and_refuses_an_unknown_page(ville, capsys):
    ville(60)
    call_command("mesurer", "--tours=1", "--pages=accueil,signalements")
    dit = capsys.readouterr().out
    assert "médiane ms" in dit
    assert "signalements" in dit
    assert "Une page HTML tient en 15 requêtes SQL" in dit
    with pytest.raises(CommandError, match="Pages inconnues : nimporte"):
        call_command("mesurer", "--pages=nimporte")


def test_house_without_accounts_is_measured_with_passing_ones(ville):
    with leave_nothing():
        mesure = measure(Page("accueil", Role.CHEF, "/"), 1)
    assert mesure.octets > 5000
    assert not Utilisateur.objects.exists()
