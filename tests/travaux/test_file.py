"""The page of jobs, their end said once, and the acts of whoever watches over the queue."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.travaux import actions
from nouvea_sst.travaux.enums import EtatTravail
from nouvea_sst.travaux.file import is_stuck
from nouvea_sst.travaux.models import Travail
from nouvea_sst.travaux.tables import describe_queue

pytestmark = pytest.mark.django_db
LISTE = "/travaux/"


def ask(client, intitule="Calcul des échéances"):
    travail = actions.open_travail(acteur=client.compte, intitule=intitule)
    app.configure_task("visites.refresh_on_demand").defer(travail_id=travail.pk)
    return travail


def job_of(travail):
    return ProcrastinateJob.objects.get(args__travail_id=travail.pk)


def page(client, adresse="/"):
    return client.get(adresse).content.decode()


def test_one_sees_one_s_own_jobs_and_the_administrator_all_without_their_results(client_de):
    client, autre, admin = client_de("chef"), client_de("chef"), client_de("administrateur")
    travail = ask(client)
    actions.finish_travail(travail_id=travail.pk, adresse="/pilotage/", message="3 agents recalculés.")
    assert "3 agents recalculés." in page(client, LISTE) and "Ouvrir le résultat" in page(client, LISTE)
    assert "Calcul des échéances" not in page(autre, LISTE)
    tous = page(admin, LISTE)
    assert "Calcul des échéances" in tous and "3 agents" not in tous and "Ouvrir le résultat" not in tous
    assert "3 agents" not in client_de("administrateur").get(LISTE, {"format": "xlsx"}).content.decode(
        "latin-1"
    )


def test_the_sign_shows_while_a_job_runs_and_its_end_is_said_once(client_de):
    client = client_de("chef")
    assert "temoin" not in page(client)
    travail = ask(client)
    assert 'id="temoin"' in page(client) and "X-Suivi" in page(client)
    actions.finish_travail(travail_id=travail.pk, adresse="/pilotage/")
    for _ in range(2):
        assert "Ouvrir le résultat" in page(client)  # reading a page writes nothing
    fragment = page(client, reverse("travaux:temoin"))
    assert "hx-swap-oob" in fragment and "Calcul des échéances" in fragment and 'id="temoin"' not in fragment
    vu = reverse("travaux:vu", args=[travail.pk])
    assert client.post(vu, headers={"HX-Request": "true"}).status_code == 204
    assert "Ouvrir le résultat" not in page(client)
    client.compte.refresh_from_db()
    assert not client.compte.suit_travaux
    assert client_de("chef").post(vu).status_code == 404


def test_a_job_that_runs_is_not_marked_as_said(client_de):
    client = client_de("chef")
    travail = ask(client)
    client.post(reverse("travaux:vu", args=[travail.pk]))
    assert 'id="temoin"' in page(client)


def test_a_queued_job_is_abandoned_after_a_confirmation(client_de):
    client, admin = client_de("chef"), client_de("administrateur")
    travail = ask(client)
    adresse = reverse("travaux:abandonner", args=[travail.pk])
    assert "Abandonner « Calcul des échéances »" in page(admin, adresse)
    assert "abandonné." in admin.post(adresse, follow=True).content.decode()
    travail.refresh_from_db()
    assert travail.etat == EtatTravail.ABANDONNE and job_of(travail).status == "cancelled"
    assert "Retiré de la file" in page(client)
    assert LigneJournal.objects.filter(acte="travaux.abandon_travail").count() == 1
    assert "ne s’abandonne plus" in admin.post(adresse, follow=True).content.decode()


def test_a_failed_job_begins_again_and_another_does_not(client_de):
    client, admin = client_de("chef"), client_de("administrateur")
    travail = ask(client)
    adresse = reverse("travaux:relancer", args=[travail.pk])
    assert "ne se relance pas d’ici" in admin.post(adresse, follow=True).content.decode()
    actions.fail_travail(travail_id=travail.pk, message="Échec.")
    app.job_manager.connector.get_sync_connector().execute_query(
        "UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %(pk)s", pk=job_of(travail).pk
    )
    assert "relancé." in admin.post(adresse, follow=True).content.decode()
    travail.refresh_from_db()
    assert (travail.etat, travail.fini_le, job_of(travail).status) == (EtatTravail.EN_FILE, None, "todo")


@pytest.mark.parametrize("role", ["coordinateur", "chef", "auditeur"])
def test_the_queue_is_the_administrator_s(client_de, role):
    travail = ask(client_de("chef"))
    for nom in ("relancer", "abandonner"):
        assert client_de(role).post(reverse(f"travaux:{nom}", args=[travail.pk])).status_code == 403
    assert Travail.objects.get().etat == EtatTravail.EN_FILE


def test_a_job_is_stuck_when_its_worker_gives_no_sign(client_de):
    job = job_of(ask(client_de("chef")))
    assert not is_stuck(job, timezone.now())
    job.status = "doing"
    assert is_stuck(job, timezone.now())


def test_the_page_says_when_nobody_works(client_de):
    assert "n’avancent pas" in page(client_de("chef"), LISTE)
    instant = timezone.now()
    assert describe_queue(0, instant - timedelta(seconds=30), instant)["vivant"]
    assert not describe_queue(2, instant - timedelta(seconds=90), instant)["vivant"]


def test_the_page_of_a_result_is_read_anew_when_its_job_ends_and_no_other(client_de):
    client = client_de("chef")
    travail = ask(client)
    suivi = reverse("travaux:travail", args=[travail.pk])

    def follow(page):
        entetes = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}", "X-Suivi": "1"}
        return client.get(suivi, headers=entetes).headers.get("HX-Refresh")

    assert follow("/visites/") is None
    actions.finish_travail(travail_id=travail.pk, message="3 agents recalculés.", adresse="/visites/")
    assert follow("/visites/") == "true"
    assert follow("/agents/") is None
