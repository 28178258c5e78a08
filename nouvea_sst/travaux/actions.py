"""Acts on background jobs. Progress is no act of a person: it leaves no journal line."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from nouvea_sst.travaux.enums import EtatTravail
from nouvea_sst.travaux.models import Travail


@transaction.atomic
def open_travail(*, acteur: Any, intitule: str, total: int = 0) -> Travail:
    """Open the row that the page follows; the caller defers the task in the same transaction."""
    return Travail.objects.create(intitule=intitule, demandeur=acteur, total=total)


def report_progress(*, travail_id: int, etape: str = "", fait: int = 0, total: int = 0) -> None:
    """Say how far the job is."""
    Travail.objects.filter(pk=travail_id).update(
        etat=EtatTravail.EN_COURS, etape=etape[:200], fait=fait, total=total
    )


def start_travail(*, travail_id: int) -> Travail:
    """Mark the job as begun and return it."""
    Travail.objects.filter(pk=travail_id).update(
        etat=EtatTravail.EN_COURS, commence_le=timezone.now(), message=""
    )
    return Travail.objects.get(pk=travail_id)


def finish_travail(*, travail_id: int, adresse: str, message: str = "") -> None:
    """Mark the job as done, with the address of its result."""
    Travail.objects.filter(pk=travail_id).update(
        etat=EtatTravail.TERMINE, adresse_resultat=adresse, message=message[:500], fini_le=timezone.now()
    )


def fail_travail(*, travail_id: int, message: str) -> None:
    """Mark the job as failed, with a sentence in French that holds no health data."""
    Travail.objects.filter(pk=travail_id).update(
        etat=EtatTravail.ECHEC, message=message[:500], fini_le=timezone.now()
    )


def requeue_travail(*, travail_id: int) -> None:
    """Say that the job was interrupted and will begin again; one that had ended stays as it is."""
    Travail.objects.filter(pk=travail_id).exclude(etat__in=[EtatTravail.TERMINE, EtatTravail.ECHEC]).update(
        etat=EtatTravail.EN_FILE, etape="Interrompu, il recommence", fait=0, message=""
    )


@transaction.atomic
def defer_followups() -> None:
    """Queue what must follow a change in the personnel file (settings.SUITES_AGENTS), once each.

    The apps to the right of `agents` are named in the settings, not imported: the flow stays greppable.
    """
    for tache in settings.SUITES_AGENTS:
        try:
            with transaction.atomic():
                app.configure_task(tache, queueing_lock=tache).defer()
        except AlreadyEnqueued:
            continue
