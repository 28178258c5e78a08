"""R-03: a process killed in the middle of an act leaves all of it, journal line included, or nothing."""

import os
import random
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from agents.actions import delete_absence
from agents.models import Absence
from nouvea_sst.comptes.contexte import acting
from nouvea_sst.comptes.models import LigneJournal, Retrait
from nouvea_sst.lib.histoire import SUPPRESSION
from tests.agents.factories import AbsenceFactory
from tests.fabriques import compte

pytestmark = pytest.mark.django_db(transaction=True)
FOIS = 20


class Arret:
    """Kills the process that asks its n-th statement, before the statement leaves."""

    def __init__(self, rang: int) -> None:
        self.rang = rang

    def __call__(self, execute: Callable[..., Any], *demande: Any) -> Any:
        self.rang -= 1
        if self.rang < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*demande)


def in_child(act: Callable[[], object], rang: int) -> tuple[int, int]:
    """Start a child that acts on a connection of its own; return its number and that of its backend."""
    lit, ecrit = os.pipe()
    enfant = os.fork()
    if enfant == 0:
        try:
            connection.connection = None  # the parent's: not to be closed from here
            connection.ensure_connection()
            os.write(ecrit, str(connection.connection.info.backend_pid).encode())
            os.close(ecrit)
            with connection.execute_wrapper(Arret(rang)):
                act()
        finally:
            os._exit(0)
    os.close(ecrit)
    serveur = int(os.read(lit, 20))
    os.close(lit)
    return enfant, serveur


def wait_for_end(enfant: int, serveur: int) -> int:
    """Wait until the child and what served it are gone; return how the child ended."""
    _, fin = os.waitpid(enfant, 0)
    while True:
        with connection.cursor() as curseur:
            curseur.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = %s", [serveur])
            if curseur.fetchone() == (0,):
                return fin
        time.sleep(0.01)


def traces_of(absence: Absence) -> set[bool]:
    """Whether each trace of the deletion is there: row gone, kept aside, past written, line written."""
    return {
        not Absence.objects.filter(pk=absence.pk).exists(),
        Retrait.objects.filter(cle=str(absence.pk)).exists(),
        Absence.histoire.rel.related_model.objects.filter(
            pgh_obj_id=absence.pk, pgh_label=SUPPRESSION
        ).exists(),
        LigneJournal.objects.filter(acte="agents.delete_absence", agent_cle=str(absence.agent_id)).exists(),
    }


@pytest.fixture
def suppression():
    """An absence, and the act that deletes it; done once here, so that children find all of it loaded."""
    rh = compte("rh")

    def prepare():
        absence = AbsenceFactory()

        def act():
            with acting(rh):
                delete_absence(acteur=rh, absence_id=absence.pk, version=absence.version)

        return absence, act

    prepare()[1]()
    return prepare


def test_killed_before_any_of_its_statements_it_leaves_all_or_nothing(suppression, decompte):
    """Statement after statement, until the child lives to the end."""
    for rang in range(100):
        absence, act = suppression()
        fin = wait_for_end(*in_child(act, rang))
        traces = traces_of(absence)
        assert traces == {not os.WIFSIGNALED(fin)}, f"killed before statement {rang}"
        decompte["kills between two statements, nothing left"] += os.WIFSIGNALED(fin)
        if not os.WIFSIGNALED(fin):
            break
    assert rang > 5


def test_killed_at_any_moment_it_leaves_all_or_nothing(suppression, decompte):
    """From outside, at moments drawn over what one whole act took just before, and a little after."""
    _, act = suppression()
    debut = time.monotonic()
    wait_for_end(*in_child(act, 1000))
    duree = time.monotonic() - debut
    for _fois in range(FOIS):
        absence, act = suppression()
        enfant, serveur = in_child(act, 1000)
        time.sleep(random.uniform(0, 1.4 * duree))  # noqa: S311
        os.kill(enfant, signal.SIGKILL)
        wait_for_end(enfant, serveur)
        traces = traces_of(absence)
        assert len(traces) == 1
        decompte[f"kills at any moment, {'all' if traces == {True} else 'nothing'} left"] += 1
