"""Background jobs: one's own only, told step by step."""

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from nouvea_sst.travaux import actions
from nouvea_sst.travaux.enums import EtatTravail
from nouvea_sst.travaux.models import Travail
from tests.fabriques import compte

pytestmark = pytest.mark.django_db


def test_life_of_a_job():
    travail = actions.open_travail(acteur=compte("chef"), intitule="Dossier CHCT", total=4)
    assert travail.etat == EtatTravail.EN_FILE
    actions.start_travail(travail_id=travail.pk)
    actions.report_progress(travail_id=travail.pk, etape="Mise en pages", fait=2, total=4)
    travail.refresh_from_db()
    assert (travail.etat, travail.etape, travail.fait, travail.est_fini) == (
        EtatTravail.EN_COURS,
        "Mise en pages",
        2,
        False,
    )
    actions.finish_travail(travail_id=travail.pk, adresse="/pilotage/")
    travail.refresh_from_db()
    assert travail.etat == EtatTravail.TERMINE
    assert travail.est_fini
    assert travail.fini_le


def test_failure_says_a_sentence():
    travail = actions.open_travail(acteur=compte("chef"), intitule="Dossier CHCT")
    actions.fail_travail(travail_id=travail.pk, message="Les PDF demandent trois bibliothèques.")
    travail.refresh_from_db()
    assert (travail.etat, travail.message) == (EtatTravail.ECHEC, "Les PDF demandent trois bibliothèques.")


def test_a_job_is_shown_to_whoever_asked_for_it_and_to_nobody_else(client_de):
    client = client_de("chef")
    travail = actions.open_travail(acteur=client.compte, intitule="Dossier CHCT")
    adresse = reverse("travaux:travail", args=[travail.pk])
    assert "Dossier CHCT" in client.get(adresse).content.decode()
    assert client_de("coordinateur").get(adresse).status_code == 404
    fragment = client.get(adresse, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment


def test_what_follows_a_change_is_queued_once():
    actions.defer_followups()
    actions.defer_followups()
    assert ProcrastinateJob.objects.filter(task_name="visites.refresh_suivis").count() == 1
    assert Travail.objects.count() == 0
