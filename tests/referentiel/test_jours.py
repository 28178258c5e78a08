"""Days off: a year at once, a day of the city, withdrawn only before it comes."""

import datetime
from unittest import mock

import pytest
from django.urls import reverse

from nouvea_sst.referentiel.models import JourFerie
from tests.referentiel.factories import JOUR
from tests.visites.factories import VisiteFactory

pytestmark = pytest.mark.django_db
PONT = {"date": "26/11/2026", "libelle": "Pont de la Ville", "source": "Note du maire"}


@pytest.fixture(autouse=True)
def jour():
    with mock.patch("django.utils.timezone.localdate", return_value=JOUR):
        yield


@pytest.fixture
def chef(client_de):
    return client_de("chef")


def address(vue, *args):
    return reverse(f"referentiel:{vue}", args=args)


def test_a_year_is_previewed_then_added_once(chef):
    page = chef.get(address("ajouter_annee", 2028)).content.decode()
    assert "12 jours à ajouter" in page
    assert "Fête de la Citoyenneté" in page and "Jour de l’an" in page
    assert not JourFerie.objects.exists()
    for _ in range(2):
        chef.post(address("ajouter_annee", 2028))
    assert JourFerie.objects.filter(date__year=2028).count() == 12
    assert "Jours fériés légaux" in chef.get(address("jours") + "?annee=2028").content.decode()
    assert "Ces jours sont déjà là" in chef.get(address("ajouter_annee", 2028)).content.decode()
    assert chef.get(address("ajouter_annee", 9999)).status_code == 404


def test_a_day_off_says_what_stands_on_it_before_it_is_added(chef):
    VisiteFactory(date=datetime.date(2026, 11, 26))
    page = chef.post(address("ajouter_jour"), PONT).content.decode()
    assert "1 visite placée ce jour-là" in page
    assert not JourFerie.objects.exists()
    for _ in range(2):
        chef.post(address("ajouter_jour"), PONT | {"confirmer": "1"})
    pont = JourFerie.objects.get()
    assert (pont.nature, pont.source) == ("chome", "Note du maire")
    assert JourFerie.objects.name_of(pont.date) == "Pont de la Ville"
    deja = chef.post(address("ajouter_jour"), PONT | {"libelle": "Autre"}).content.decode()
    assert "est déjà chômé : Pont de la Ville" in deja


def test_a_day_that_is_past_is_refused(chef):
    assert (
        "Ce jour est passé"
        in chef.post(address("ajouter_jour"), PONT | {"date": "23/11/2026"}).content.decode()
    )


def test_a_day_to_come_is_withdrawn_and_comes_back_and_one_that_came_stays(chef):
    chef.post(address("ajouter_jour"), PONT | {"confirmer": "1"})
    pont = JourFerie.objects.get()
    chef.post(address("retirer_jour", pont.pk), {"version": "1", "raison": "Annulé"})
    pont.refresh_from_db()
    assert pont.retire_parce_que == "Annulé"
    assert JourFerie.objects.between(pont.date, pont.date) == set()
    assert "Annulé" in chef.get(address("jours")).content.decode()
    chef.post(address("ajouter_jour"), PONT | {"confirmer": "1"})
    assert JourFerie.objects.name_of(pont.date) == "Pont de la Ville"
    venu = JourFerie.objects.create(date=JOUR, libelle="Aujourd’hui")
    page = chef.post(address("retirer_jour", venu.pk), {"version": "1", "raison": "Trop tard"})
    assert "Ce jour est venu" in page.content.decode()
    venu.refresh_from_db()
    assert venu.retire_parce_que == ""


def test_only_the_chief_writes_days(client_de):
    for role in ("medecin", "preventeur", "administrateur", "auditeur"):
        client = client_de(role)
        assert client.get(address("jours")).status_code == 200
        assert client.get(address("ajouter_jour")).status_code == 403
        assert client.post(address("ajouter_annee", 2028)).status_code == 403
    assert not JourFerie.objects.exists()
