"""A throw-away PostgreSQL for the time of one command: python -m nouvea_sst.lib.base_jetable COMMANDE…

It never touches the user's data; nothing of it is left afterwards, nor by the next run after a kill -9.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType

from nouvea_sst.lib.binaires import PostgresIndisponible
from nouvea_sst.lib.postgres import Lieux, Serveur, embedded_server, places
from nouvea_sst.lib.processus import follow_parent, is_alive

CLONE = Path(__file__).resolve().parents[2]
# What dies with the run need not survive a power cut.
REGLAGES = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "2GB"}
PREFIXE = "essais-"


@contextlib.contextmanager
def throwaway_server(clone: Path = CLONE) -> Iterator[Serveur]:
    """Run an empty server for the time of the block."""
    durables = places(clone, clone / "var")
    if durables.compte is None:
        racine = Path(tempfile.mkdtemp(prefix="nouvea-essais-"))
    else:
        remove_leftovers(durables.racine)
        racine = durables.racine / f"{PREFIXE}{os.getpid()}"
    serveur = embedded_server(Lieux(racine, durables.compte, durables.binaires), REGLAGES)
    try:
        serveur.start()
        yield serveur
    finally:
        serveur.stop()
        shutil.rmtree(serveur.socket, ignore_errors=True)
        shutil.rmtree(racine, ignore_errors=True)


def remove_leftovers(racine: Path) -> None:
    """Remove the throw-away folders whose run is dead."""
    for dossier in racine.glob(f"{PREFIXE}*"):
        numero = dossier.name.removeprefix(PREFIXE)
        if numero.isdecimal() and not is_alive(int(numero)):
            shutil.rmtree(dossier, ignore_errors=True)


def run_with_server(commande: Sequence[str]) -> int:
    """Run the command with DATABASE_URL set; pass it our signals; return its exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with throwaway_server() as serveur:
        environnement = {**os.environ, "DATABASE_URL": serveur.url}
        environnement.pop("DATABASE_URL_FILE", None)
        enfants: list[subprocess.Popen[bytes]] = []

        def forward(numero: int, _cadre: FrameType | None) -> None:
            for enfant in enfants:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(enfant.pid, numero)

        # Set before the child starts: a signal that we were told to ignore must not be ignored by it too.
        for numero in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(numero, forward)
        enfant = subprocess.Popen(
            commande, env=environnement, start_new_session=True, preexec_fn=follow_parent(signal.SIGTERM)
        )
        enfants.append(enfant)
        code = enfant.wait()
        return code if code >= 0 else 128 - code


if __name__ == "__main__":
    try:
        sys.exit(run_with_server(sys.argv[1:]))
    except PostgresIndisponible as erreur:
        sys.exit(str(erreur))
    except KeyboardInterrupt:
        sys.exit(130)
