"""A job whose worker was killed begins again; after three attempts somebody is told."""

import datetime
from types import SimpleNamespace

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from nouvea_sst.travaux import actions
from nouvea_sst.travaux.enums import EtatTravail
from nouvea_sst.travaux.tasks import clear_done, retry_stalled

pytestmark = pytest.mark.django_db
TACHE = "reporting.make_pack"


def execute(ordre, *valeurs):
    with connection.cursor() as curseur:
        curseur.execute(ordre, valeurs)
        return curseur.fetchone()[0] if curseur.description else None


def worker(silence):
    """A worker that last signed so many seconds ago."""
    depuis = datetime.timedelta(seconds=silence)
    ordre = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s) RETURNING id"
    return execute(ordre, depuis)


def taken(qui, attempts=0, **options):
    """A job that this worker took and did not end, with its row."""
    travail = actions.open_travail(acteur=None, intitule="Dossier")
    actions.start_travail(travail_id=travail.pk)
    numero = app.configure_task(TACHE, **options).defer(travail_id=travail.pk)
    execute(
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s WHERE id = %s",
        qui,
        attempts,
        numero,
    )
    return travail, numero


def retry():
    async_to_sync(retry_stalled.func)(SimpleNamespace(app=app), 0)


def status(numero):
    return ProcrastinateJob.objects.values_list("status", "attempts").get(pk=numero)


@pytest.mark.parametrize("silence", [61, None])
def test_a_job_of_a_silent_or_forgotten_worker_is_queued_again(silence):
    travail, numero = taken(silence and worker(silence))
    retry()
    travail.refresh_from_db()
    assert status(numero) == ("todo", 1)
    assert (travail.etat, travail.etape) == (EtatTravail.EN_FILE, "Interrompu, il recommence")


def test_a_job_of_a_worker_that_signs_is_left_alone():
    travail, numero = taken(worker(50))
    retry()
    travail.refresh_from_db()
    assert status(numero) == ("doing", 0)
    assert travail.etat == EtatTravail.EN_COURS


def test_a_third_interruption_is_told_to_whoever_waits():
    travail, numero = taken(worker(61), attempts=2)
    retry()
    travail.refresh_from_db()
    assert status(numero)[0] == "failed"
    assert travail.etat == EtatTravail.ECHEC
    assert "interrompu trois fois" in travail.message


def test_what_had_ended_before_the_kill_stays_ended():
    travail, numero = taken(worker(61))
    actions.finish_travail(travail_id=travail.pk, adresse="/x/")
    retry()
    travail.refresh_from_db()
    assert status(numero)[0] == "todo"
    assert (travail.etat, travail.adresse_resultat) == (EtatTravail.TERMINE, "/x/")


def test_work_that_waits_under_the_same_lock_is_not_queued_twice():
    _, numero = taken(worker(61), queueing_lock="verrou")
    app.configure_task(TACHE, queueing_lock="verrou").defer(travail_id=0)
    retry()
    assert status(numero)[0] == "failed"
    assert ProcrastinateJob.objects.filter(queueing_lock="verrou", status="todo").count() == 1


def test_jobs_done_long_ago_are_cleared_away():
    ids = [taken(None)[1] for _ in range(2)]
    execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = ANY(%s)", ids)
    execute("UPDATE procrastinate_events SET at = now() - interval '4 days' WHERE job_id = %s", ids[0])
    async_to_sync(clear_done.func)(SimpleNamespace(app=app), 0)
    assert list(ProcrastinateJob.objects.values_list("id", flat=True)) == [ids[1]]
