"""Takes up the rows that waited for what another import brought; gives them up."""

import datetime
from typing import Any

from django.db import transaction

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.imports.actions.depots import NOM_MAX, settle, take_turn
from nouvea_sst.imports.cibles import target
from nouvea_sst.imports.models import CorrespondanceValeur, Import
from nouvea_sst.imports.moteur.analyse import LigneFichier, analyse_kept
from nouvea_sst.imports.moteur.apercu import describe_counts
from nouvea_sst.imports.moteur.plan import plan_rows
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.versions import check_version


@transaction.atomic
def resume_import(*, acteur: Any, jour: datetime.date, import_id: int) -> Import | None:
    """Write the waiting rows of an import that wait no more, as an import of their own, all or none.

    It is undone like any other. The rows that still wait stay where they are. Returns None, and writes
    nothing, when none can be settled.
    """
    source = Import.objects.defer("contenu").get(pk=import_id)
    cible = target(source.cible)
    take_turn(cible=cible)
    gardees = source.lignes.waiting().order_by("numero").values_list("numero", "cellules")
    lignes = [LigneFichier(numero, cellules) for numero, cellules in gardees]
    if not lignes:
        return None
    retenues = CorrespondanceValeur.objects.by_field(cible.code)
    analyse = analyse_kept(cible, source.apercu, lignes, retenues)
    plan = plan_rows(cible, analyse, jour, acteur).without_waiting()
    if not plan.lignes:
        return None
    prises = [ligne.numero for ligne in plan.lignes]
    analyse.lignes = [ligne for ligne in analyse.lignes if ligne.numero in set(prises)]
    suite = Import.objects.create(
        cible=cible.code,
        nom_fichier=f"{source.nom_fichier[: NOM_MAX - 30]} (lignes en attente)",
        contenu=b"",
        sha256=source.sha256,
        reglages=source.reglages,
        profil=source.profil,
        depose_par=source.depose_par,
        suite_de=source,
    )
    reprises = source.lignes.waiting().filter(numero__in=prises)
    # What these rows stood for, the import made of them stands for from now on.
    source.redites.filter(cle__in=list(reprises.values_list("cle", flat=True))).update(redite_par=suite)
    reprises.update(redite_par=suite)
    settle(depose=suite, cible=cible, plan=plan, acteur=acteur, jour=jour)
    record_act(acteur=acteur, acte="imports.resume_import", objet=suite, libelle=describe_counts(suite.bilan))
    return suite


@transaction.atomic
def drop_waiting(*, acteur: Any, import_id: int, raison: str, version: int | None = None) -> int:
    """Forget the rows of an import that still wait; return how many. Raises VersionPerimee."""
    cible = target(Import.objects.only("cible").get(pk=import_id).cible)
    take_turn(cible=cible)
    source = Import.objects.select_for_update(of=("self",)).get(pk=import_id)
    if version is not None:
        check_version(source, version)
    nombre, _ = source.lignes.waiting().delete()
    if nombre:
        source.version += 1
        # What is typed stays with the import: the journal does not repeat it.
        source.bilan |= {"oublis": [*source.oublis, {"nombre": nombre, "raison": raison}]}
        source.save(update_fields=["version", "bilan"])
        libelle = f"{source} ; {count_of(nombre, 'ligne oubliée,lignes oubliées')}"
        record_act(acteur=acteur, acte="imports.drop_waiting", objet=source, libelle=libelle)
    return nombre
