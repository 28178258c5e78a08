"""The throw-away server of ./tester."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from nouvea_sst.lib.base_jetable import CLONE, remove_leftovers, throwaway_server
from nouvea_sst.lib.processus import is_alive

MODULE = [sys.executable, "-m", "nouvea_sst.lib.base_jetable"]


def test_lives_as_long_as_the_block_and_leaves_nothing() -> None:
    with throwaway_server() as serveur:
        with psycopg.connect(serveur.url) as liaison:
            assert liaison.execute("SELECT current_setting('fsync')").fetchone() == ("off",)
        dossiers = [serveur.lieux.racine, serveur.socket]
        assert all(d.exists() for d in dossiers)
    assert not any(d.exists() for d in dossiers)


def test_command_gets_the_address_and_gives_its_code(tmp_path: Path) -> None:
    sortie = tmp_path / "url"
    fait = subprocess.run(
        [*MODULE, "sh", "-c", f'printf %s "$DATABASE_URL" > {sortie}; exit 3'],
        cwd=CLONE,
        env={**os.environ, "DATABASE_URL": "postgresql://production/nouvea"},
    )
    assert fait.returncode == 3
    assert sortie.read_text().startswith("postgresql://sst@/nouvea?host=/")


def test_signal_reaches_the_command_and_the_server_stops(tmp_path: Path) -> None:
    pret = tmp_path / "pret"
    commande = f"trap 'exit 7' TERM; printf %s \"$DATABASE_URL\" > {pret}; while :; do sleep 0.05; done"
    enfant = subprocess.Popen([*MODULE, "sh", "-c", commande], cwd=CLONE)
    fin = time.monotonic() + 20
    while time.monotonic() < fin and not (pret.exists() and pret.read_text()):
        time.sleep(0.05)
    enfant.send_signal(signal.SIGTERM)
    assert enfant.wait(20) == 7
    assert not Path(pret.read_text().split("host=")[1]).exists()


def test_leftovers_of_a_dead_run_go_and_those_of_a_live_one_stay(tmp_path: Path) -> None:
    mort = 99_999_999
    assert not is_alive(mort)
    for nom in (f"essais-{mort}", f"essais-{os.getpid()}", "donnees"):
        (tmp_path / nom).mkdir()
    remove_leftovers(tmp_path)
    assert {d.name for d in tmp_path.iterdir()} == {f"essais-{os.getpid()}", "donnees"}
