"""Background jobs of imports: thin, they call actions."""

import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from nouvea_sst.comptes.contexte import acting
from nouvea_sst.imports.actions import (
    ApercuDepasse,
    ImportClos,
    ImportUtilise,
    RefusRestants,
    ReleveEnCours,
    TropDePartants,
    apply_import,
    erase_files,
    give_up_undo,
    reopen_import,
    resume_import,
    run_releve,
    settle_stop,
    undo_import,
)
from nouvea_sst.imports.actions.annulation import TACHE_ANNULATION
from nouvea_sst.imports.actions.depots import TACHE_APPLICATION, TACHE_ATTENTES
from nouvea_sst.imports.cibles import may_use, target
from nouvea_sst.imports.lecture.refus import FichierIllisible
from nouvea_sst.imports.models import Import, Releve
from nouvea_sst.imports.moteur.apercu import describe_counts
from nouvea_sst.imports.moteur.plan import ColonnesManquantes
from nouvea_sst.imports.parametres import HEURE
from nouvea_sst.imports.rules.releve import next_passage
from nouvea_sst.referentiel.models import Parametre
from nouvea_sst.travaux.actions import (
    TravailArrete,
    fail_travail,
    finish_travail,
    report_progress,
    start_travail,
)

# Read by whoever watches the jobs: they name nothing.
UTILISE = (
    "Rien n’a été annulé : depuis, d’autres écritures reposent sur cet import. Son bilan dit lesquelles."
)
SIENNE = "Rien n’a été annulé : votre propre fiche en fait partie. Demandez-le à quelqu’un d’autre."
DROIT = "imports.import_registre"
RELEVE = "imports.take_depots"
MENAGE = "imports.clear_files"
JOURNAL = logging.getLogger(__name__)


class Progression:
    """Reports by a connection of its own, in a thread: the import's transaction shows nothing yet."""

    def __init__(self, travail_id: int) -> None:
        self.travail_id = travail_id
        self.fil = ThreadPoolExecutor(max_workers=1)

    def __enter__(self) -> "Progression":
        return self

    def __exit__(
        self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the thread close its connection and end."""
        self.fil.submit(connections.close_all)
        self.fil.shutdown()

    def say(self, etape: str, fait: int = 0, total: int = 0) -> None:
        """Say how far the import is."""
        self.fil.submit(report_progress, travail_id=self.travail_id, etape=etape, fait=fait, total=total)


@app.task(name=TACHE_APPLICATION)
def apply(travail_id: int, import_id: int) -> None:
    """Write the accepted rows of an import for somebody who follows the job."""
    travail = start_travail(travail_id=travail_id)
    try:
        with Progression(travail_id) as suivi, acting(travail.demandeur):
            applique = apply_import(
                acteur=travail.demandeur,
                jour=timezone.localdate(),
                import_id=import_id,
                travail_id=travail_id,
                progress=suivi.say,
            )
    except TravailArrete:
        settle_stop(import_id=import_id, travail_id=travail_id)
    except ImportClos:
        fail_travail(travail_id=travail_id, message="Cet import a déjà été appliqué, abandonné ou repris.")
    except ApercuDepasse as depasse:
        reopen_import(acteur=travail.demandeur, import_id=import_id, relu_le=timezone.localdate())
        fail_travail(travail_id=travail_id, message=str(depasse))
    except (FichierIllisible, ColonnesManquantes, RefusRestants, TropDePartants) as refus:
        reopen_import(acteur=travail.demandeur, import_id=import_id)
        fail_travail(travail_id=travail_id, message=str(refus))
    except Exception:
        JOURNAL.exception("import non appliqué")
        reopen_import(acteur=travail.demandeur, import_id=import_id)
        fail_travail(
            travail_id=travail_id, message="Rien n’a été écrit. L’import reste à relire dans l’historique."
        )
    else:
        finish_travail(
            travail_id=travail_id,
            adresse=reverse("imports:bilan", args=[applique.pk]),
            message=f"{describe_counts(applique.bilan)}.",
        )


@app.task(name=TACHE_ANNULATION)
def undo(travail_id: int, import_id: int) -> None:
    """Take an import back for somebody who follows the job."""
    travail = start_travail(travail_id=travail_id)
    try:
        with acting(travail.demandeur):
            annule = undo_import(acteur=travail.demandeur, import_id=import_id, travail_id=travail_id)
    except TravailArrete:
        settle_stop(import_id=import_id, travail_id=travail_id)
    except ImportClos:
        fail_travail(travail_id=travail_id, message="Cet import n’est plus à annuler.")
    except ImportUtilise:
        give_up_undo(acteur=travail.demandeur, import_id=import_id)
        fail_travail(travail_id=travail_id, message=UTILISE)
    except PermissionDenied:
        give_up_undo(acteur=travail.demandeur, import_id=import_id)
        fail_travail(travail_id=travail_id, message=SIENNE)
    except Exception:
        JOURNAL.exception("import non annulé")
        give_up_undo(acteur=travail.demandeur, import_id=import_id)
        fail_travail(travail_id=travail_id, message="Rien n’a été annulé : l’import reste appliqué.")
    else:
        finish_travail(
            travail_id=travail_id,
            adresse=reverse("imports:bilan", args=[annule.pk]),
            message="Import annulé.",
        )


@app.task(name=TACHE_ATTENTES, queueing_lock=TACHE_ATTENTES)
def resume_waiting() -> None:
    """Take up the rows that wait for nothing more, import by import, until none moves.

    Each import is written whole or not at all: begun again, the task goes on with the others.
    """
    while any([_resume(source) for source in Import.objects.with_waiting().without_bytes().order_by("pk")]):
        pass


def _resume(source: Import) -> bool:
    """Whether rows of this import were written; for whoever brought or applied them, if he still may."""
    acteur = source.depose_par or (source.travail.demandeur if source.travail else None)
    permis = acteur is None or (acteur.is_active and acteur.has_perm(DROIT))
    if not permis or not may_use(acteur, target(source.cible)):
        return False
    try:
        with acting(acteur):
            suite = resume_import(acteur=acteur, jour=timezone.localdate(), import_id=source.pk)
    except Exception:
        JOURNAL.exception("lignes en attente non reprises")
        return False
    return suite is not None


# Every ten minutes it looks whether the hour has come: the reference data says which.
@app.periodic(cron="*/10 * * * *", queueing_lock=RELEVE)
@app.task(name=RELEVE, queueing_lock=RELEVE)
def take_depots(timestamp: int | None = None) -> None:
    """Have the nightly feed pass over the watched folder, once a night, or as soon as it can."""
    maintenant = timezone.localtime(timezone.now())
    jour = maintenant.date()
    if not settings.DEPOTS.is_dir():
        return
    heure = Parametre.objects.numbers_on(jour, [HEURE])[HEURE.code]
    if next_passage(maintenant, heure, Releve.objects.last_begun()) > maintenant:
        return
    with suppress(ReleveEnCours):
        run_releve(acteur=None, jour=jour)


# procrastinate counts in UTC: 16:45 there is 03:45 of the next day in Nouméa.
@app.periodic(cron="45 16 * * *", queueing_lock=MENAGE)
@app.task(name=MENAGE, queueing_lock=MENAGE)
def clear_files(timestamp: int | None = None) -> None:
    """Erase the files of imports that were kept long enough."""
    erase_files(instant=timezone.localtime(timezone.now()))
