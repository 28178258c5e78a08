"""Runs the jobs that the pages queue."""

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from nouvea_sst.imports.actions.depots import TACHE_APPLICATION


@pytest.fixture
def run_jobs(db):
    """Return a function that runs the imports queued, here, as the worker would; each once."""
    faits = set()

    def run():
        for job in ProcrastinateJob.objects.filter(task_name=TACHE_APPLICATION).order_by("id"):
            if job.id not in faits:
                faits.add(job.id)
                app.tasks[TACHE_APPLICATION](**job.args)

    return run
