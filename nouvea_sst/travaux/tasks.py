"""Background jobs about the jobs: those of a killed worker begin again, those long done are cleared away."""

import json
from collections.abc import Callable
from typing import Any

from asgiref.sync import sync_to_async
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from nouvea_sst.travaux.actions import fail_travail, requeue_travail

RELANCE = "travaux.retry_stalled"
MENAGE = "travaux.clear_done"
# A worker signs every 10 seconds; one that missed six signatures is gone.
SANS_SIGNE = 60
ESSAIS = 3
GARDE_HEURES = 72
INTERROMPU = (
    "Le travail a été interrompu trois fois et n’a pas abouti. Demandez-le de nouveau, ou signalez la panne."
)


@app.periodic(cron="* * * * *", queueing_lock=RELANCE)
@app.task(name=RELANCE, queueing_lock=RELANCE, priority=10, pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int | None = None) -> None:
    """Begin again what a killed worker left, up to ESSAIS times; every job may be run twice without harm."""
    gestion = context.app.job_manager
    for job in await gestion.get_stalled_jobs(seconds_since_heartbeat=SANS_SIGNE):
        if job.attempts + 1 >= ESSAIS or await _waits_already(gestion, job):
            await gestion.finish_job(job, Status.FAILED, delete_job=False)
            await _tell(fail_travail, job, message=INTERROMPU)
        else:
            await _tell(requeue_travail, job)
            await gestion.retry_job(job)


async def _waits_already(gestion: JobManager, job: Job) -> bool:
    """Whether the same work is queued anyway: two with one lock may not wait."""
    if job.queueing_lock is None:
        return False
    return bool(await gestion.list_jobs_async(status="todo", queueing_lock=job.queueing_lock))


async def _tell(dire: Callable[..., None], job: Job, **mots: str) -> None:
    """Say it on the row that somebody follows, if the job has one."""
    lus: Any = job.task_kwargs
    # Read through Django's connection, outside a worker, they are still text.
    travail_id = (json.loads(lus) if isinstance(lus, str) else lus).get("travail_id")
    if travail_id is not None:
        await sync_to_async(dire)(travail_id=travail_id, **mots)


# procrastinate counts in UTC: 16:00 there is 03:00 of the next day in Nouméa.
@app.periodic(cron="0 16 * * *", queueing_lock=MENAGE)
@app.task(name=MENAGE, queueing_lock=MENAGE, pass_context=True)
async def clear_done(context: JobContext, timestamp: int | None = None) -> None:
    """Drop jobs that succeeded more than three days ago; what failed stays to be looked at."""
    await context.app.job_manager.delete_old_jobs(nb_hours=GARDE_HEURES)
