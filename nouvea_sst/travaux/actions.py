"""Acts on background jobs. Progress is no act of a person: it leaves no journal line."""

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.travaux.enums import EtatTravail
from nouvea_sst.travaux.file import find_job, is_stuck
from nouvea_sst.travaux.models import FINIS, Travail


@transaction.atomic
def open_travail(*, acteur: Any, intitule: str, total: int = 0, adresse_arret: str = "") -> Travail:
    """Open the row that the page follows; the caller defers the task in the same transaction."""
    if acteur is not None:
        Utilisateur.objects.filter(pk=acteur.pk).update(suit_travaux=True)
    return Travail.objects.create(
        intitule=intitule, demandeur=acteur, total=total, adresse_arret=adresse_arret
    )


def report_progress(*, travail_id: int, etape: str = "", fait: int = 0, total: int = 0) -> None:
    """Say how far the job is."""
    Travail.objects.filter(pk=travail_id).exclude(etat=EtatTravail.INTERROMPU).update(
        etat=EtatTravail.EN_COURS, etape=etape[:200], fait=fait, total=total
    )


def start_travail(*, travail_id: int) -> Travail:
    """Mark the job as begun and return it; one that was stopped meanwhile stays as it is."""
    Travail.objects.filter(pk=travail_id).exclude(etat=EtatTravail.INTERROMPU).update(
        etat=EtatTravail.EN_COURS, commence_le=timezone.now(), message=""
    )
    return Travail.objects.get(pk=travail_id)


def finish_travail(*, travail_id: int, adresse: str, message: str = "") -> None:
    """Mark the job as done, with the address of its result."""
    Travail.objects.filter(pk=travail_id).update(
        etat=EtatTravail.TERMINE, adresse_resultat=adresse, message=message[:500], fini_le=timezone.now()
    )


def fail_travail(*, travail_id: int, message: str) -> None:
    """Mark the job as failed, with a sentence in French without health data; not one that was stopped."""
    Travail.objects.filter(pk=travail_id).exclude(etat=EtatTravail.INTERROMPU).update(
        etat=EtatTravail.ECHEC, message=message[:500], fini_le=timezone.now()
    )


class TravailArrete(Exception):
    """Somebody asked the job to stop."""


@transaction.atomic
def ask_stop(*, acteur: Any, travail_id: int) -> Travail:
    """Note that somebody wants the job to stop, the first one if several do; the caller writes the journal.

    A job about to settle what it did is waited for: what it settled by then stays.
    """
    travail = Travail.objects.select_for_update(of=("self",)).get(pk=travail_id)
    if travail.arret_le is None and not travail.est_fini:
        travail.arret_par, travail.arret_le = acteur, timezone.now()
        travail.save(update_fields=["arret_par", "arret_le"])
    return travail


def heed_stop(*, travail_id: int | None, last: bool = False) -> None:
    """Raise TravailArrete once somebody asked the job to stop.

    last: whoever asks from now on waits until the transaction of the job has ended, and comes too late.
    """
    if travail_id is None:
        return
    travaux = Travail.objects.select_for_update(of=("self",)) if last else Travail.objects.all()
    # The row is held whether or not somebody asked: it is read, not filtered.
    if any(travaux.filter(pk=travail_id).values_list("arret_le", flat=True)):
        raise TravailArrete


def stop_travail(*, travail_id: int, suite: str, adresse: str = "") -> None:
    """Mark the job as stopped, with who asked; suite: what stands then, adresse: where one decides anew."""
    travail = Travail.objects.select_related("arret_par").get(pk=travail_id)
    Travail.objects.filter(pk=travail_id).update(
        etat=EtatTravail.INTERROMPU,
        message=f"Interrompu par {travail.arret_par or 'le système'} : {suite}."[:500],
        adresse_resultat=adresse,
        fini_le=timezone.now(),
    )


def requeue_travail(*, travail_id: int) -> None:
    """Say that the job was interrupted and will begin again; one that had ended stays as it is."""
    Travail.objects.filter(pk=travail_id).exclude(etat__in=FINIS).update(
        etat=EtatTravail.EN_FILE, etape="Interrompu, il recommence", fait=0, message=""
    )


class TravailImmobile(Exception):
    """The queue no longer holds the job in a state that allows the act; the message says so in French."""


@transaction.atomic
def retry_travail(*, acteur: Any, travail_id: int) -> None:
    """Have a failed or stuck job begin again; TravailImmobile when the queue has nothing left to begin."""
    travail = Travail.objects.select_for_update().get(pk=travail_id)
    job = find_job(travail)
    if job is None or not (job.status == "failed" or is_stuck(job, timezone.now())):
        raise TravailImmobile("Ce travail ne se relance pas d’ici : il se demande de nouveau depuis sa page.")
    app.job_manager.retry_job_by_id(job.pk, retry_at=timezone.now())
    travail.etat, travail.etape, travail.message, travail.fait = EtatTravail.EN_FILE, "Relancé", "", 0
    travail.fini_le = travail.annonce_le = None
    travail.save(update_fields=["etat", "etape", "message", "fait", "fini_le", "annonce_le"])
    Utilisateur.objects.filter(pk=travail.demandeur_id).update(suit_travaux=True)
    record_act(acteur=acteur, acte="travaux.retry_travail", objet=travail)


@transaction.atomic
def abandon_travail(*, acteur: Any, travail_id: int) -> None:
    """Take a queued job out of the queue; TravailImmobile once it has begun."""
    travail = Travail.objects.select_for_update().get(pk=travail_id)
    job = find_job(travail)
    libre = job is None or app.job_manager.cancel_job_by_id(job.pk)
    if travail.etat != EtatTravail.EN_FILE or not libre:
        raise TravailImmobile("Ce travail a déjà commencé : il ne s’abandonne plus.")
    travail.etat, travail.message = EtatTravail.ABANDONNE, "Retiré de la file avant d’avoir commencé."
    travail.fini_le = timezone.now()
    travail.save(update_fields=["etat", "message", "fini_le"])
    record_act(acteur=acteur, acte="travaux.abandon_travail", objet=travail)


@transaction.atomic
def mark_announced(*, acteur: Any, travail_id: int) -> None:
    """Remember that a person was told the end of his job; no act of hers: no journal line."""
    siens = Travail.objects.visible_to(acteur).to_announce()
    siens.filter(pk=travail_id, etat__in=FINIS).update(annonce_le=timezone.now())
    if not siens.exists():
        Utilisateur.objects.filter(pk=acteur.pk).update(suit_travaux=False)


@transaction.atomic
def defer_followups() -> None:
    """Queue what must follow a change in the personnel file (settings.SUITES_AGENTS), once each.

    The apps to the right of `agents` are named in the settings, not imported: the flow stays greppable.
    """
    for tache in settings.SUITES_AGENTS:
        defer_once(tache=tache)


def defer_once(*, tache: str) -> None:
    """Queue a task by its name, unless it waits already."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(tache, queueing_lock=tache).defer()
