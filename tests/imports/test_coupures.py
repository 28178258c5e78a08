"""A process killed while it applies an import, or takes it back, leaves all of it or nothing."""

import datetime
import functools
import os
import signal
import time
from collections.abc import Callable

import pytest
from django.db import connection, connections

from agents.models import Affectation, Agent, Structure
from nouvea_sst.comptes.contexte import acting
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.imports.actions import apply_import, deposit_import, request_undo, undo_import
from nouvea_sst.imports.enums import EtatImport
from nouvea_sst.imports.models import Import
from tests.imports.fichiers import ENTETE, make_csv

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sans_n_plus_1]
JOUR = datetime.date(2026, 11, 24)
COUPURES, LIGNES = 20, 150


def deposit() -> Import:
    lignes = [
        [
            str(2000 + n),
            f"NOM{n}",
            "Paul",
            "M",
            "12/03/1980",
            "01/02/2010",
            "C",
            f"S{n % 7} – Service {n % 7}",
        ]
        for n in range(LIGNES)
    ]
    contenu = make_csv(lignes, entete=ENTETE)
    return deposit_import(acteur=None, jour=JOUR, cible="agents", nom_fichier="r.csv", contenu=contenu)


def run_apart(acte: Callable[[], object], tue_apres: float | None = None) -> float:
    """Do an act in a process of its own, killed after so many seconds; return how long the process lived.

    The child never comes back into pytest, whatever happens.
    """
    connections.close_all()
    debut = time.monotonic()
    enfant = os.fork()
    if not enfant:
        try:
            with acting(None):
                acte()
        finally:
            os._exit(0)
    if tue_apres is not None:
        time.sleep(tue_apres)
        os.kill(enfant, signal.SIGKILL)
    os.waitpid(enfant, 0)
    duree = time.monotonic() - debut
    let_server_notice()
    return duree


def let_server_notice() -> None:
    """Wait until the server has ended the sessions of the dead: until then they hold their locks."""
    for _essai in range(500):
        with connection.cursor() as curseur:
            curseur.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            if curseur.fetchone() == (0,):
                return
        time.sleep(0.02)
    raise AssertionError("another session stays open")


def what_is_there(acte: str) -> tuple[int, int, int, int]:
    """Agents, affectations, structures, and lines of the journal on the act."""
    lignes = LigneJournal.objects.filter(acte=acte)
    return Agent.objects.count(), Affectation.objects.count(), Structure.objects.count(), lignes.count()


def apply(depot: Import) -> None:
    apply_import(acteur=None, jour=JOUR, import_id=depot.pk)


def take_back(depot: Import, travail_id: int) -> None:
    undo_import(acteur=None, import_id=depot.pk, travail_id=travail_id)


def test_an_application_cut_short_leaves_nothing_or_all(decompte):
    entier, rien = (LIGNES, LIGNES, 7, 1), (0, 0, 0, 0)
    depot = deposit()
    duree = run_apart(lambda: apply(depot))
    assert what_is_there("imports.apply_import") == entier
    for rang in range(COUPURES):
        travail = request_undo(acteur=None, import_id=depot.pk, raison="Essai")
        take_back(depot, travail.pk)
        depot = deposit()
        run_apart(functools.partial(apply, depot), tue_apres=duree * rang / (COUPURES - 1))
        *lignes, traces = what_is_there("imports.apply_import")
        ecrit = Import.objects.get(pk=depot.pk).etat == EtatImport.APPLIQUE
        assert lignes == list(entier if ecrit else rien)[:3]
        decompte[
            "applications cut short, nothing written" if not ecrit else "applications written whole"
        ] += 1
        if not ecrit:
            apply_again(depot)
        assert what_is_there("imports.apply_import")[3] == traces + (not ecrit)
    assert decompte["applications cut short, nothing written"]


def apply_again(depot: Import) -> None:
    """What was cut short is applied after all."""
    with acting(None):
        apply(depot)


def test_an_undo_cut_short_leaves_nothing_or_all(decompte):
    entier, rien = (LIGNES, LIGNES, 7), (0, 0, 0)
    duree = 0.0
    for rang in range(COUPURES // 2 + 1):
        depot = deposit()
        apply_again(depot)
        travail = request_undo(acteur=None, import_id=depot.pk, raison="Essai")
        defaire = functools.partial(take_back, depot, travail.pk)
        # The first one is let live, to know how long it takes.
        vecu = run_apart(defaire, tue_apres=duree * rang / (COUPURES // 2) if rang else None)
        duree = duree or vecu
        defait = Import.objects.get(pk=depot.pk).etat == EtatImport.ANNULE
        assert what_is_there("imports.undo_import")[:3] == (rien if defait else entier)
        decompte["undos whole" if defait else "undos cut short, nothing undone"] += 1
        if not defait:
            with acting(None):
                defaire()
        assert what_is_there("imports.undo_import")[:3] == rien
    assert decompte["undos cut short, nothing undone"]
