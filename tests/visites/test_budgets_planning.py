"""The pages of the planning take at most 15 statements, as many for five people as for many."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nouvea_sst.comptes.enums import Role
from nouvea_sst.mesures import SQL_MAX, leave_nothing
from nouvea_sst.referentiel.actions import load_parametres
from tests.agents.factories import SiteFactory
from tests.fabriques import compte, log_in
from tests.visites.factories import AbsenceProfessionnelFactory
from tests.visites.remplissage import fill_suivis
from visites.enums import EtatVisite
from visites.models import DemiJournee, Visite, VisiteDue

LUNDI = datetime.date(2027, 3, 1)
UN = datetime.timedelta(days=1)
DUREE = 5

pytestmark = [pytest.mark.django_db, pytest.mark.sans_n_plus_1]


def build(nombre):
    """So many visits placed in half-days of a month, so many more due; the last half-day is empty."""
    load_parametres(acteur=None)
    fill_suivis(2 * nombre)
    medecin, lieu = compte(Role.MEDECIN), SiteFactory.create()
    jours = [LUNDI + UN * n for n in range(27) if (LUNDI + UN * n).weekday() < 5]
    demis = [
        DemiJournee.objects.create(
            professionnel=medecin,
            lieu=lieu,
            date=jour,
            debut=datetime.time(7),
            fin=datetime.time(11),
            duree=DUREE,
            capacite=48,
        )
        for jour in jours
    ]
    for absent in jours[::7]:
        AbsenceProfessionnelFactory.create(professionnel=medecin, date_debut=absent, date_fin=absent)
    dues = list(VisiteDue.objects.select_related("motif").order_by("pk")[:nombre])
    Visite.objects.bulk_create(
        Visite(
            agent_id=due.agent_id,
            motif=due.motif,
            nature="vip",
            due=due,
            etat=EtatVisite.PLACEE,
            date=demis[rang % (len(demis) - 1)].date,
            heure=demis[0].heures[rang // (len(demis) - 1)],
            professionnel=medecin,
            demi_journee=demis[rang % (len(demis) - 1)],
            duree=DUREE,
        )
        for rang, due in enumerate(dues)
    )
    return demis


def count(nombre, monkeypatch):
    """Statements of each page, of a second reading: caches are warm."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a: LUNDI - 7 * UN)
    demis = build(nombre)
    client = log_in(compte(Role.COORDINATEUR))
    pages = {
        "semaine": f"{reverse('visites:planning')}?jour={LUNDI}",
        "mois": f"{reverse('visites:planning')}?jour={LUNDI}&vue=mois",
        "demi-journée": reverse("visites:demi_journee", args=[demis[1].pk]),
        "remplir": reverse("visites:remplir", args=[demis[-1].pk]),
        "absences": reverse("visites:absences_professionnels"),
    }
    nombres = {}
    for nom, page in pages.items():
        client.get(page)
        with CaptureQueriesContext(connection) as sql:
            assert client.get(page).status_code == 200
        nombres[nom] = len(sql)
    return nombres


@pytest.fixture
def nombres(monkeypatch):
    """Statements of each page in a planning of five visits, then of 500."""
    lus = []
    for nombre in (5, 500):
        with leave_nothing():
            lus.append(count(nombre, monkeypatch))
    return lus


def test_pages_of_the_planning_keep_their_budget_and_cost_as_many_statements_for_500_as_for_5(nombres):
    peu, beaucoup = nombres
    assert max(beaucoup.values()) <= SQL_MAX, beaucoup
    assert beaucoup == peu
