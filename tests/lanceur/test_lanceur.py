"""The supervisor: its sentences, and a whole Nouvéa SST started, killed, started again and stopped."""

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from nouvea_sst.lanceur import (
    CHUTES_MAX,
    CLONE,
    Echec,
    Enfant,
    account_table,
    ask_health,
    main,
    open_port,
    read_options,
)
from nouvea_sst.lib.postgres import places, running_url
from nouvea_sst.lib.processus import Verrou, command_of, is_alive

pytestmark = pytest.mark.enable_socket


def free_port() -> int:
    """Return a port that nobody holds now."""
    with socket.create_server(("127.0.0.1", 0)) as ecoute:
        return int(ecoute.getsockname()[1])


def test_taken_port_is_a_sentence() -> None:
    with open_port(0) as occupant, pytest.raises(Echec, match=r"déjà pris .*--port"):
        open_port(occupant.getsockname()[1])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may take any port")
def test_reserved_port_is_a_sentence() -> None:
    with pytest.raises(Echec, match="réservé à root"):
        open_port(80)


def test_default_is_port_8000_with_the_city() -> None:
    options = read_options([])
    assert (options.port, options.sans_demo) == (8000, False)


def test_accounts_are_a_table(tmp_path: Path) -> None:
    assert account_table(tmp_path) == ""
    comptes = {
        "medecin": {"identifiant": "m.kai", "mot_de_passe": "secret un"},
        "coordinateur": {"identifiant": "coordination", "mot_de_passe": "secret deux"},
    }
    (tmp_path / "comptes_demo.json").write_text(json.dumps(comptes))
    lignes = account_table(tmp_path).splitlines()
    assert lignes[1] == "Comptes de démonstration (personnes inventées)"
    assert lignes[3] == "  medecin       m.kai         secret un"
    assert lignes[4] == "  coordinateur  coordination  secret deux"


def test_child_that_keeps_falling_is_given_up(tmp_path: Path) -> None:
    commande = ["sh", "-c", "echo panne; exit 1"]
    enfant = Enfant("Le serveur web", commande, tmp_path / "web.log", signal.SIGTERM)
    with pytest.raises(Echec, match=r"Le serveur web s’arrête sans cesse[\s\S]*panne"):
        for _ in range(CHUTES_MAX + 1):
            enfant.start(os.environ)
            assert enfant.processus is not None
            enfant.processus.wait()
            enfant.fell()


def test_nothing_answers_on_a_free_port() -> None:
    assert ask_health(free_port()) == {}


def test_second_start_names_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NOUVEA_VAR", str(tmp_path))
    premier = Verrou(tmp_path / "nouvea.verrou")
    premier.acquire()
    premier.write("http://127.0.0.1:8000/ (processus 12)")
    assert main(["--port", "0"]) == 1
    premier.release()
    dit = "Nouvéa SST est déjà en marche dans ce dossier : http://127.0.0.1:8000/ (processus 12)\n"
    assert dit in capsys.readouterr().err


Demarrage = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def var(dossier_court: Path) -> Iterator[Path]:
    """A var folder of the test's own; as root its server lives elsewhere and goes too."""
    yield dossier_court / "var"
    lieux = places(CLONE, dossier_court / "var")
    if lieux.compte is not None:
        shutil.rmtree(lieux.racine, ignore_errors=True)


@pytest.fixture
def demarrer(var: Path) -> Iterator[Demarrage]:
    """demarrer(port) is a launcher that says it is ready; all are stopped at the end."""
    lances: list[subprocess.Popen[str]] = []
    environnement = {**os.environ, "NOUVEA_VAR": str(var), "NOUVEA_MODE": "demonstration"}
    for nom in ("DATABASE_URL", "DATABASE_URL_FILE", "DJANGO_SETTINGS_MODULE", "SECRET_KEY"):
        environnement.pop(nom, None)

    def start(port: int) -> subprocess.Popen[str]:
        commande = [sys.executable, "-m", "nouvea_sst.lanceur", "--port", str(port), "--sans-demo"]
        lance = subprocess.Popen(
            commande,
            cwd=CLONE,
            env=environnement,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        lances.append(lance)
        assert lance.stdout is not None
        dites = []
        for ligne in lance.stdout:
            dites.append(ligne)
            if "est prêt" in ligne:
                return lance
        raise AssertionError("".join(dites))

    yield start
    for lance in lances:
        if lance.poll() is None:
            lance.terminate()
            lance.wait(40)
        if lance.stdout is not None:
            lance.stdout.close()


def children_of(pid: int) -> list[int]:
    """Return the processes that this one started."""
    return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def child_named(pid: int, nom: str) -> int:
    """Return the child whose command holds this name."""
    return next(p for p in children_of(pid) if any(nom in mot for mot in command_of(p) or []))


def wait_for_end(pids: list[int], secondes: float = 15) -> list[int]:
    """Wait for these processes; return those that still run."""
    fin = time.monotonic() + secondes
    while (restent := [p for p in pids if is_alive(p)]) and time.monotonic() < fin:
        time.sleep(0.05)
    return restent


def state_elsewhere() -> dict[str, object]:
    """Return what a start must not change."""
    modes = {str(d): stat.S_IMODE(d.stat().st_mode) for d in (CLONE, *CLONE.parents, Path.home())}
    return {"modes": modes, "comptes": Path("/etc/passwd").read_bytes()}


def test_whole_life(demarrer: Demarrage, var: Path) -> None:
    avant, port = state_elsewhere(), free_port()
    premier = demarrer(port)
    sante = ask_health(port)
    assert (sante["etat"], sante["dossier"]) == ("ok", str(CLONE))
    assert len(children_of(premier.pid)) == 3
    url = running_url(CLONE, var)
    assert url is not None
    with psycopg.connect(url) as liaison:
        liaison.execute("CREATE TABLE temoin AS SELECT 'gardée' AS valeur")

    # kill -9 of the launcher: nothing that it started may go on serving.
    enfants = children_of(premier.pid)
    premier.send_signal(signal.SIGKILL)
    premier.wait()
    assert wait_for_end(enfants, 5) == []

    # The next start needs no help, keeps what was committed, and takes seconds.
    debut = time.monotonic()
    second = demarrer(port)
    assert time.monotonic() - debut < 20
    with psycopg.connect(url) as liaison:
        assert liaison.execute("SELECT valeur FROM temoin").fetchone() == ("gardée",)

    # kill -9 of the database, then of the web server: both come back.
    for nom in ("postgres", "gunicorn"):
        os.kill(child_named(second.pid, nom), signal.SIGKILL)
        time.sleep(1)
        fin = time.monotonic() + 20
        while ask_health(port).get("etat") != "ok":
            assert time.monotonic() < fin
            time.sleep(0.1)

    enfants = children_of(second.pid)
    second.send_signal(signal.SIGINT)
    assert second.wait(40) == 0
    assert wait_for_end(enfants, 1) == []
    assert running_url(CLONE, var) is None
    assert ask_health(port) == {}
    assert state_elsewhere() == avant
    assert stat.S_IMODE((var / "secret_key").stat().st_mode) == 0o600
