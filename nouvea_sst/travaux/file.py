"""What the queue itself says: the job behind a row that a person follows, and whether somebody works."""

import datetime

from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from nouvea_sst.travaux.models import Travail

# A worker signs every 10 seconds; one that missed six signatures is gone.
SANS_SIGNE = datetime.timedelta(seconds=60)


def find_job(travail: Travail) -> ProcrastinateJob | None:
    """Return the latest job of the queue for this row; those long done are cleared away."""
    jobs = ProcrastinateJob.objects.filter(args__travail_id=travail.pk).select_related("worker")
    return jobs.order_by("-pk").first()


def is_stuck(job: ProcrastinateJob, instant: datetime.datetime) -> bool:
    """Whether a job is said to run while its worker has given no sign for a minute."""
    if job.status != "doing":
        return False
    return job.worker is None or job.worker.last_heartbeat < instant - SANS_SIGNE


def is_dead(travail: Travail | None, instant: datetime.datetime) -> bool:
    """Whether nothing will come of a job any more: it ended, left the queue, or its worker is gone."""
    if travail is None or travail.est_fini:
        return True
    job = find_job(travail)
    return job is None or job.status not in {"todo", "doing"} or is_stuck(job, instant)


def last_sign() -> datetime.datetime | None:
    """Return when a worker last gave a sign, None when none ever did."""
    signes = ProcrastinateWorker.objects.order_by("-last_heartbeat")
    return signes.values_list("last_heartbeat", flat=True).first()
