"""The message of the day: one a person, a number and no word of what, never twice."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.models import Courriel
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.chiffrement import unseal
from nouvea_sst.referentiel.actions import load_parametres
from nouvea_sst.referentiel.models import JourFerie
from reporting import tasks
from reporting.actions import choose_resume, send_resumes
from reporting.models import Resume
from tests.fabriques import compte
from tests.signalements.factories import SignalementFactory

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def maison(settings):
    settings.COURRIEL, settings.ADRESSE_SITE = True, "https://sst.exemple.nc"
    settings.DEFAULT_FROM_EMAIL = "sst@exemple.nc"
    load_parametres(acteur=None)


@pytest.fixture
def coordinateur():
    SignalementFactory(intitule="Chute dans l’escalier")
    return compte("coordinateur", email="coo@exemple.nc", first_name="Ana", last_name="Wabete")


def test_each_person_gets_one_a_day_when_something_awaits(coordinateur):
    compte("auditeur", email="auditeur@exemple.nc")
    compte("coordinateur", email="")
    parti = {"is_active": False, "ferme_le": timezone.now(), "motif_fermeture": "decision"}
    compte("coordinateur", email="parti@exemple.nc", **parti)
    assert send_resumes(jour=JOUR) == 1
    assert send_resumes(jour=JOUR) == 0
    assert list(Courriel.objects.values_list("adresse", flat=True)) == ["coo@exemple.nc"]
    assert send_resumes(jour=JOUR + datetime.timedelta(days=1)) == 1
    assert LigneJournal.objects.filter(acte="reporting.send_resume").count() == 2


def test_it_says_how_many_and_nothing_of_what(coordinateur):
    send_resumes(jour=JOUR)
    courriel = Courriel.objects.get()
    assert courriel.objet == "[TEST] Votre journée"
    texte = unseal(courriel, "contenu").partition(b"\r\n\r\n")[2].decode()
    assert re.search(r"\d+ sujets? vous attend", texte) and "https://sst.exemple.nc/" in texte
    for tu in ("Chute", "signalement", "visite", "médic", "restriction", "santé", "Wabete"):
        assert tu.lower() not in texte.lower(), tu


def test_who_wants_none_gets_none_until_he_asks_again(client_de, coordinateur):
    choose_resume(acteur=coordinateur, recoit=False)
    assert send_resumes(jour=JOUR) == 0
    client = client_de("coordinateur", email="autre@exemple.nc")
    page = reverse("reporting:resume")
    assert "Vous recevez le résumé du jour" in client.get(page).content.decode()
    client.post(page, {"recoit": "non"})
    assert "Vous ne recevez pas" in client.get(page).content.decode()
    assert send_resumes(jour=JOUR) == 0
    client.post(page, {"recoit": "oui"})
    assert send_resumes(jour=JOUR) == 1
    assert not Resume.objects.get(compte=coordinateur).recoit


def test_one_that_fails_leaves_the_others_and_is_taken_up_again(coordinateur, monkeypatch):
    autre = compte("chef", email="chef@exemple.nc")
    vrai = __import__("reporting.actions.resumes", fromlist=["x"]).write_courriel

    def tombe(**faits):
        if faits["adresse"] == autre.email:
            raise ConnectionError
        return vrai(**faits)

    with monkeypatch.context() as patch:
        patch.setattr("reporting.actions.resumes.write_courriel", tombe)
        assert send_resumes(jour=JOUR) == 1
    assert Resume.objects.get(compte=coordinateur).dernier == JOUR
    assert send_resumes(jour=JOUR) == 1
    assert sorted(Courriel.objects.values_list("adresse", flat=True)) == ["chef@exemple.nc", "coo@exemple.nc"]


@pytest.mark.parametrize(
    ("moment", "ferie", "ecrits"),
    [
        ("2026-11-24T06:59", None, 0),
        ("2026-11-24T07:00", None, 1),
        ("2026-11-24T07:10", JOUR, 0),
        ("2026-11-22T10:00", None, 0),
    ],
)
def test_it_leaves_at_its_hour_on_working_days(coordinateur, monkeypatch, moment, ferie, ecrits):
    if ferie:
        JourFerie.objects.create(date=ferie, libelle="Fête")
    la = datetime.datetime.fromisoformat(f"{moment}+11:00")
    monkeypatch.setattr(tasks.timezone, "localtime", lambda: la)
    tasks.send_messages_of_the_day()
    assert Courriel.objects.count() == ecrits


def test_nothing_is_written_without_a_server(coordinateur, settings):
    settings.COURRIEL = False
    assert send_resumes(jour=JOUR) == 0 and not Resume.objects.exists()
