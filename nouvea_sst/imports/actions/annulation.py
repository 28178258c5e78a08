"""Takes an import back, whole, as long as nothing rests on it."""

from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.imports.actions.depots import TACHE_ATTENTES, take_turn
from nouvea_sst.imports.actions.verrou import ImportClos
from nouvea_sst.imports.cibles import target
from nouvea_sst.imports.enums import EffetLigne, EtatImport
from nouvea_sst.imports.models import Import
from nouvea_sst.imports.moteur.traces import (
    Trace,
    calculated_relations,
    describe_undo,
    find_obstacles,
    read_traces,
)
from nouvea_sst.imports.rules.cible import Cible
from nouvea_sst.lib.versions import check_version
from nouvea_sst.travaux.actions import defer_followups, defer_once, heed_stop, open_travail
from nouvea_sst.travaux.models import Travail

TACHE_ANNULATION = "imports.undo_import"
PAR_LOT = 500


class ImportUtilise(Exception):
    """Something rests on the import; what, depends on who asks: find_obstacles says it."""


@transaction.atomic
def request_undo(*, acteur: Any, import_id: int, raison: str, version: int | None = None) -> Travail:
    """Queue the taking back of an import; asked twice, the second one gets the job of the first.

    Raises ImportClos when it is not applied, VersionPerimee when it changed since the page of this version,
    ImportUtilise when something rests on it.
    """
    depose = Import.objects.select_for_update(of=("self",)).select_related("travail").get(pk=import_id)
    if depose.etat == EtatImport.ANNULATION and depose.travail is not None:
        return depose.travail
    if depose.etat != EtatImport.APPLIQUE or not depose.requete:
        raise ImportClos
    if version is not None:
        check_version(depose, version)
    _check_free(read_traces(depose.requete), target(depose.cible))
    arret = reverse("imports:interrompre", args=[depose.pk])
    travail = open_travail(acteur=acteur, intitule="Annulation de l’import", adresse_arret=arret)
    depose.etat, depose.travail = EtatImport.ANNULATION, travail
    depose.bilan = depose.bilan | {"raison": raison}
    depose.version += 1
    depose.save(update_fields=["etat", "travail", "bilan", "version"])
    app.configure_task(TACHE_ANNULATION).defer(travail_id=travail.pk, import_id=depose.pk)
    record_act(acteur=acteur, acte="imports.request_undo", objet=depose)
    return travail


@transaction.atomic
def undo_import(*, acteur: Any, import_id: int, travail_id: int) -> Import:
    """Give every row back as it was before the import, and remove those that it made, all or none.

    Begun again after it wrote, it writes no more. Accounts that it closed stay closed.
    Raises ImportClos when the job is not the one asked for, ImportUtilise when something rests on the import
    by now, TravailArrete when somebody asked the job to stop.
    """
    depose = Import.objects.select_for_update(of=("self",)).get(pk=import_id)
    if (depose.etat, depose.travail_id) == (EtatImport.ANNULE, travail_id):
        return depose
    if (depose.etat, depose.travail_id) != (EtatImport.ANNULATION, travail_id):
        raise ImportClos
    cible = target(depose.cible)
    take_turn(cible=cible)
    traces = read_traces(depose.requete)
    for trace in traces:
        _lock_rows(trace)
    _check_free(traces, cible)
    with connection.cursor() as curseur:
        # What two rows may not both hold passes from one to the other: it is looked at once all are back.
        curseur.execute("SET CONSTRAINTS ALL DEFERRED")
    heed_stop(travail_id=travail_id)
    for trace in traces:
        _restore_rows(trace)
    if cible.reprendre is not None:
        cible.reprendre(
            acteur=acteur,
            crees={trace.modele: trace.crees for trace in traces},
            modifies={trace.modele: trace.rendus for trace in traces},
        )
    heed_stop(travail_id=travail_id)
    for trace in traces:
        _remove_rows(trace)
    connection.check_constraints()
    _give_back_waiting(depose)
    heed_stop(travail_id=travail_id, last=True)
    depose.etat, depose.annule_le = EtatImport.ANNULE, timezone.now()
    depose.save(update_fields=["etat", "annule_le"])
    record_act(acteur=acteur, acte="imports.undo_import", objet=depose, libelle=describe_undo(traces))
    defer_followups()
    return depose


@transaction.atomic
def give_up_undo(*, acteur: Any, import_id: int) -> None:
    """Leave an import applied whose taking back failed or never ended."""
    depose = Import.objects.select_for_update(of=("self",)).get(pk=import_id)
    if depose.etat == EtatImport.ANNULATION:
        depose.etat = EtatImport.APPLIQUE
        depose.bilan = {cle: valeur for cle, valeur in depose.bilan.items() if cle != "raison"}
        depose.save(update_fields=["etat", "bilan"])
        record_act(acteur=acteur, acte="imports.give_up_undo", objet=depose)


def _check_free(traces: list[Trace], cible: Cible) -> None:
    """Raise ImportUtilise unless nothing rests on what the import wrote, or stands in the way of its undo."""
    if find_obstacles(traces, cible=cible):
        raise ImportUtilise


def _lock_rows(trace: Trace) -> None:
    """Keep others from changing the rows between the check and the writing."""
    lignes: Any = trace.modele._base_manager.filter(pk__in=trace.touches).order_by("pk")
    list(lignes.select_for_update(of=("self",)).values_list("pk", flat=True))


def _restore_rows(trace: Trace) -> None:
    """Write the rows changed or erased by the import as they stood before it."""
    manager = trace.modele._base_manager
    numeros = [*trace.anciens.values(), *trace.effaces.values()]
    avant: dict[int, Any] = trace.histoire._base_manager.in_bulk(numeros)
    objets: list[Any] = list(manager.filter(pk__in=trace.anciens).order_by("pk"))
    for objet in objets:
        for champ in trace.champs:
            setattr(objet, champ.attname, getattr(avant[trace.anciens[objet.pk]], champ.attname))
        if hasattr(objet, "version"):
            objet.version += 1
    noms = [champ.name for champ in trace.champs] + ["version"] * hasattr(trace.modele, "version")
    manager.bulk_update(objets, noms, batch_size=PAR_LOT)
    manager.bulk_create(
        (
            trace.modele(pk=cle, **{c.attname: getattr(avant[numero], c.attname) for c in trace.champs})
            for cle, numero in trace.effaces.items()
        ),
        batch_size=PAR_LOT,
    )


def _remove_rows(trace: Trace) -> None:
    """Remove the rows made by the import, with those calculated from them.

    The database checks at the end that nothing points at them: the order does not matter.
    """
    for relation in calculated_relations(trace.modele):
        _delete(relation.related_model, **{f"{relation.field.name}__in": trace.crees})
    _delete(trace.modele, pk__in=trace.crees)


def _give_back_waiting(depose: Import) -> None:
    """Have the rows of earlier files that this one said anew wait again, unless a later one says them too.

    Rows taken up and then taken back wait no more, or they would be taken up again at once: the import that
    they came with has them among its refused rows, to be corrected and sent again.
    """
    siennes = depose.lignes.filter(effet=EffetLigne.ATTENTE)
    if depose.suite_de_id is not None:
        rendues = depose.redites.filter(fichier=depose.suite_de_id)
        motif = f"Reprise par l’import n° {depose.pk}, qui a été annulé : la ligne n’attend plus."
        nombre = rendues.update(effet=EffetLigne.REFUSE, motif=motif, redite_par=None)
        depose.redites.all().delete()
        source = Import.objects.select_for_update(of=("self",)).get(pk=depose.suite_de_id)
        source.bilan |= {"refuses": source.bilan.get("refuses", 0) + nombre}
        source.save(update_fields=["bilan"])
    suivants = siennes.order_by().exclude(redite_par=None).values_list("redite_par", flat=True).distinct()
    for suivant in list(suivants):
        cles = siennes.filter(redite_par=suivant).values("cle")
        depose.redites.filter(cle__in=cles).update(redite_par=suivant)
    if depose.redites.update(redite_par=None):
        defer_once(tache=TACHE_ATTENTES)
    siennes.delete()


def _delete(modele: type[Model], **lesquelles: Any) -> None:
    """Delete without following links: none is left, it was checked."""
    lignes: Any = modele._base_manager.filter(**lesquelles)
    lignes._raw_delete(lignes.db)
