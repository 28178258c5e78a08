"""Stops an import under way, leaving nothing of it; lets one whose job is dead be decided again."""

import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.imports.actions.annulation import give_up_undo
from nouvea_sst.imports.actions.depots import renew_preview
from nouvea_sst.imports.actions.verrou import ImportClos
from nouvea_sst.imports.enums import EtatImport
from nouvea_sst.imports.models import Import
from nouvea_sst.travaux.actions import ask_stop, stop_travail
from nouvea_sst.travaux.file import is_dead

EN_MARCHE = (EtatImport.EN_COURS, EtatImport.ANNULATION)


class ImportVivant(Exception):
    """The job of the import still works: it is stopped, not repaired."""


@transaction.atomic
def interrupt_import(*, acteur: Any, import_id: int) -> bool:
    """Stop the application or the undo of an import; return whether it is stopped already.

    One that nobody writes yet, or any more, stops at once. One that is being written notices by itself, up to
    the moment when it settles: False then. Raises ImportClos when it is too late, or nothing is under way.
    """
    libre = Import.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=import_id).first()
    depose = libre or Import.objects.get(pk=import_id)
    if depose.etat not in EN_MARCHE or depose.travail_id is None:
        raise ImportClos
    ask_stop(acteur=acteur, travail_id=depose.travail_id)
    if libre is None and Import.objects.get(pk=import_id).etat not in EN_MARCHE:
        raise ImportClos
    record_act(acteur=acteur, acte="imports.interrupt_import", objet=depose)
    if libre is None:
        return False
    settle_stop(import_id=import_id, travail_id=depose.travail_id)
    return True


@transaction.atomic
def settle_stop(*, import_id: int, travail_id: int) -> None:
    """Leave an import as it was before the job that was stopped; who asked for it is written already."""
    depose = Import.objects.select_for_update(of=("self",)).get(pk=import_id)
    suite = "rien n’a été écrit"
    if depose.travail_id == travail_id:
        if depose.etat == EtatImport.EN_COURS:
            depose.etat, depose.travail = EtatImport.DEPOSE, None
        elif depose.etat == EtatImport.ANNULATION:
            depose.etat, suite = EtatImport.APPLIQUE, "l’import reste appliqué"
            depose.bilan = {cle: valeur for cle, valeur in depose.bilan.items() if cle != "raison"}
        depose.save(update_fields=["etat", "travail", "bilan"])
    stop_travail(travail_id=travail_id, suite=suite, adresse=reverse("imports:bilan", args=[import_id]))


@transaction.atomic
def repair_import(*, acteur: Any, import_id: int, instant: datetime.datetime) -> None:
    """Let an import be decided again whose job ended without a word. Raises ImportVivant while it works."""
    depose = Import.objects.select_related("travail").get(pk=import_id)
    if depose.etat in EN_MARCHE and not is_dead(depose.travail, instant):
        raise ImportVivant
    reopen_import(acteur=acteur, import_id=import_id)
    give_up_undo(acteur=acteur, import_id=import_id)


@transaction.atomic
def reopen_import(*, acteur: Any, import_id: int, relu_le: datetime.date | None = None) -> None:
    """Let a person decide again on an import whose application failed or never ended.

    relu_le: the day of a new preview, where the one decided upon no longer says what would be written.
    A job still queued then writes nothing; one that is writing is waited for, and keeps what it wrote.
    """
    depose = Import.objects.select_for_update(of=("self",)).get(pk=import_id)
    if depose.etat == EtatImport.EN_COURS:
        depose.etat, depose.travail = EtatImport.DEPOSE, None
        depose.save(update_fields=["etat", "travail"])
        if relu_le is not None:
            renew_preview(depose=depose, jour=relu_le, acteur=acteur)
        record_act(acteur=acteur, acte="imports.reopen_import", objet=depose)
