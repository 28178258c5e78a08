"""Servers of the tests' own, in folders that go with the test."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nouvea_sst.lib.binaires import find_binaries, wheel_folder
from nouvea_sst.lib.postgres import Lieux, Serveur, places

CLONE = Path(__file__).resolve().parents[2]
_numeros = itertools.count(1)


@pytest.fixture
def dossier_court() -> Iterator[Path]:
    """A folder whose path is short enough for a Unix socket, which tmp_path may not be."""
    dossier = Path(tempfile.mkdtemp(prefix="nouvea-"))
    yield dossier
    shutil.rmtree(dossier, ignore_errors=True)


@pytest.fixture
def lieux(dossier_court: Path) -> Iterator[Lieux]:
    """Where a server of this test alone may live: as root, where its account can go."""
    durables = places(CLONE, CLONE / "var")
    if durables.compte is None:
        yield Lieux(dossier_court / "pg")
        return
    racine = durables.racine / f"lanceur-{os.getpid()}-{next(_numeros)}"
    yield Lieux(racine, durables.compte, durables.binaires)
    shutil.rmtree(racine, ignore_errors=True)


@pytest.fixture
def nouveau_serveur(lieux: Lieux) -> Iterator[Callable[[], Serveur]]:
    """nouveau_serveur() is a server of the test's folder, not started; all are stopped at the end."""
    serveurs: list[Serveur] = []

    def build() -> Serveur:
        serveurs.append(Serveur(lieux, find_binaries(wheel_folder())))
        return serveurs[-1]

    yield build
    for serveur in serveurs:
        serveur.stop()
