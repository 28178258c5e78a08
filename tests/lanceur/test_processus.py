"""Children that follow their parent, the lock, the logs."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nouvea_sst.lib.processus import Verrou, is_alive, last_lines, rotate, spawn, stop

PARENT = """
import sys, time
from pathlib import Path
from nouvea_sst.lib.processus import spawn
enfant = spawn(["sleep", "60"])
sys.stdout.write(f"{enfant.pid}\\n")
sys.stdout.flush()
time.sleep(60)
"""
TENEUR = """
import sys, time
from pathlib import Path
from nouvea_sst.lib.processus import Verrou
verrou = Verrou(Path(sys.argv[1]))
verrou.acquire()
verrou.write("tenu")
sys.stdout.write("pris\\n")
sys.stdout.flush()
time.sleep(60)
"""


def wait_for(condition: object, secondes: float = 5.0) -> bool:
    """Poll until the condition holds."""
    fin = time.monotonic() + secondes
    while time.monotonic() < fin:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.02)
    return False


def is_gone(pid: int) -> bool:
    """Whether a process ended, even if nobody read its code yet."""
    return not is_alive(pid) or Path(f"/proc/{pid}/cmdline").read_bytes() == b""


def run_python(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Start Python on this code and wait for its first line."""
    return subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's signal at the parent's death is Linux's")
def test_child_ends_when_its_parent_is_killed() -> None:
    with run_python(PARENT) as parent:
        assert parent.stdout is not None
        enfant = int(parent.stdout.readline())
        assert is_alive(enfant)
        parent.kill()
    assert wait_for(lambda: is_gone(enfant))


def test_lock_is_held_by_one_and_freed_by_kill(tmp_path: Path) -> None:
    chemin = tmp_path / "verrou"
    verrou = Verrou(chemin)
    with run_python(TENEUR, str(chemin)) as teneur:
        assert teneur.stdout is not None
        teneur.stdout.readline()
        assert not verrou.acquire(patience=0.1)
        assert verrou.read() == "tenu"
        teneur.kill()
    assert verrou.acquire()
    verrou.release()
    assert verrou.read() == ""


def test_stop_kills_what_does_not_listen(tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    sourd = spawn(["sh", "-c", "trap '' TERM; echo pret; while :; do sleep 0.1; done"], journal=journal)
    assert wait_for(lambda: last_lines(journal) == "pret")
    stop(sourd, patience=0.2)
    assert sourd.returncode == -signal.SIGKILL


def test_child_has_its_own_session() -> None:
    enfant = spawn(["sleep", "60"])
    assert os.getsid(enfant.pid) == enfant.pid
    stop(enfant, patience=5)
    assert enfant.returncode == -signal.SIGTERM


def test_rotation_keeps_three_old_logs_and_the_writer(tmp_path: Path) -> None:
    journal = tmp_path / "web.log"
    assert not rotate(journal)
    with journal.open("a") as ecriture:
        for tour in range(5):
            ecriture.write(f"tour {tour}\n")
            ecriture.flush()
            assert rotate(journal, taille=3)
        ecriture.write("après\n")
    assert journal.read_text() == "après\n"
    assert [p.name for p in sorted(tmp_path.iterdir())] == ["web.log", "web.log.1", "web.log.2", "web.log.3"]
    assert (tmp_path / "web.log.1").read_text() == "tour 4\n"
    assert (tmp_path / "web.log.3").read_text() == "tour 2\n"
    assert not rotate(journal, taille=100)
