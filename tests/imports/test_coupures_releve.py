"""A passage of the nightly feed killed at each step loses no file and applies none twice."""

import datetime
import os
import signal

import pytest
from django.db import connections

from agents.models import Agent
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.imports.actions import depots as actes_depots
from nouvea_sst.imports.actions import passages, releves, run_releve
from nouvea_sst.imports.lecture.boite import Boite
from nouvea_sst.imports.models import FichierReleve, Import, Releve
from tests.imports.fichiers import BOULA, GONY, make_csv
from tests.imports.test_coupures import run_apart

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sans_n_plus_1]
JOUR = datetime.date(2026, 11, 24)
ETAPES = [
    (passages, "open_releve"),
    (Boite, "take"),
    (Boite, "read"),
    (passages, "recognise"),
    (releves, "deposit_import"),
    (actes_depots, "write_plan"),
    (releves, "apply_import"),
    (passages, "take_fichier"),
    (passages, "refuse_fichier"),
    (Boite, "put_away"),
    (passages, "settle_fichier"),
    (passages, "close_releve"),
    (Boite, "clear"),
]


@pytest.fixture
def depots(tmp_path, settings):
    settings.DEPOTS, settings.DEPOTS_REPOS = tmp_path / "depots", 0
    settings.DEPOTS.mkdir()
    return settings.DEPOTS


def kill_at(ou, nom, rang, apres):
    """Have this process die before or after a call of a step, the first of which is 0."""
    vrai, appels = getattr(ou, nom), []

    def dying(*args, **kwargs):
        appels.append(nom)
        if len(appels) == rang + 1 and not apres:
            os.kill(os.getpid(), signal.SIGKILL)
        rendu = vrai(*args, **kwargs)
        if len(appels) == rang + 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return rendu

    setattr(ou, nom, dying)


def pass_over():
    run_releve(acteur=None, jour=JOUR)


@pytest.mark.parametrize("ou, nom", ETAPES, ids=[nom for _, nom in ETAPES])
@pytest.mark.parametrize("apres", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("rang", [0, 1], ids=["first", "second"])
def test_killed_at_a_step_then_begun_again(depots, decompte, ou, nom, apres, rang):
    (depots / "agents_1.csv").write_bytes(make_csv([BOULA]))
    (depots / "agents_2.csv").write_bytes(make_csv([BOULA, [*GONY[:7], BOULA[7]]]))
    (depots / "note.csv").write_bytes(b"%PDF-1.7")
    (depots / "tract.csv").write_bytes(b"%PDF-1.7")

    def die():
        kill_at(ou, nom, rang, apres)
        pass_over()

    run_apart(die)
    connections.close_all()
    fini = FichierReleve.objects.count() == 4 and Releve.objects.filter(fin=None).count() == 0
    decompte["passages cut at the end" if fini else "passages cut before their end"] += 1
    pass_over()
    noms = set(Agent.objects.values_list("nom", flat=True))
    assert noms == {"BOULA", "GONY"}
    assert sorted(FichierReleve.objects.values_list("nom", "issue")) == [
        ("agents_1.csv", "applique"),
        ("agents_2.csv", "applique"),
        ("note.csv", "refuse"),
        ("tract.csv", "refuse"),
    ]
    assert Import.objects.count() == LigneJournal.objects.filter(acte="imports.apply_import").count() == 2
    assert not FichierReleve.objects.filter(deplace=False).exists()
    assert not Releve.objects.filter(fin=None).exists()
    places = sorted(str(c.relative_to(depots)) for c in depots.rglob("*") if c.is_file())
    assert [p for p in places if not p.endswith(".motif")] == [
        "refuses/note.csv",
        "refuses/tract.csv",
        "traites/2026-11-24/agents_1.csv",
        "traites/2026-11-24/agents_2.csv",
    ]
