"""Child processes that do not outlive their parent, a lock held by one process, logs that stay small.

Standard library only: this runs before anything is installed but Python.
"""

import contextlib
import ctypes
import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypedDict

TAILLE_JOURNAL = 5_000_000
ANCIENS_JOURNAUX = 3
_PR_SET_PDEATHSIG = 1
# Loaded before any fork: the child must not import anything between fork and exec.
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def follow_parent(signal_de_mort: signal.Signals) -> Callable[[], None]:
    """Return what a child runs before exec, so that the kernel signals it when its parent dies of kill -9.

    It must run after the change of account, which clears the setting; subprocess does so.
    """
    parent = os.getpid()

    def attach() -> None:
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, int(signal_de_mort), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return attach


def spawn(
    commande: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    journal: Path | None = None,
    compte: pwd.struct_passwd | None = None,
    signal_de_mort: signal.Signals = signal.SIGTERM,
    sortie_visible: bool = False,
    descripteurs: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a child in its own session, so that Ctrl-C reaches only the parent, which stops it in order.

    Its errors, and its output unless it is to be seen, are added to the log.
    """
    with contextlib.ExitStack() as pile:
        ecriture: int = subprocess.DEVNULL
        if journal is not None:
            journal.parent.mkdir(parents=True, exist_ok=True)
            ecriture = pile.enter_context(journal.open("ab")).fileno()
        return subprocess.Popen(
            [str(mot) for mot in commande],
            env=None if env is None else dict(env),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=None if sortie_visible else ecriture,
            stderr=ecriture,
            start_new_session=True,
            pass_fds=tuple(descripteurs),
            preexec_fn=follow_parent(signal_de_mort),
            **as_account(compte),
        )


class CompteEnfant(TypedDict, total=False):
    """Arguments of subprocess that name another account."""

    user: int
    group: int
    extra_groups: list[str | int]


def as_account(compte: pwd.struct_passwd | None) -> CompteEnfant:
    """Return the arguments that make subprocess run under this account instead of root."""
    if compte is None:
        return {}
    return {"user": compte.pw_uid, "group": compte.pw_gid, "extra_groups": []}


def stop(
    enfant: subprocess.Popen[bytes], *, patience: float, signal_poli: signal.Signals = signal.SIGTERM
) -> None:
    """Ask the child to end; after so many seconds, kill it and all it started."""
    if enfant.poll() is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        enfant.send_signal(signal_poli)
    try:
        enfant.wait(patience)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(enfant.pid, signal.SIGKILL)
        enfant.wait()


def is_alive(pid: int) -> bool:
    """Tell whether a process of this number exists, whoever owns it."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def command_of(pid: int) -> list[str] | None:
    """Return the command line of a process; None where the system does not say (no /proc, or gone)."""
    try:
        brut = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return None
    return [mot.decode(errors="replace") for mot in brut.split(b"\0") if mot]


def rotate(journal: Path, *, taille: int = TAILLE_JOURNAL, anciens: int = ANCIENS_JOURNAUX) -> bool:
    """Set a grown log aside as journal.1, .2, .3. It is copied then emptied, as its writer keeps it open."""
    if not journal.exists() or journal.stat().st_size < taille:
        return False
    for rang in range(anciens - 1, 0, -1):
        ancien = journal.with_name(f"{journal.name}.{rang}")
        if ancien.exists():
            ancien.replace(journal.with_name(f"{journal.name}.{rang + 1}"))
    shutil.copyfile(journal, journal.with_name(f"{journal.name}.1"))
    os.truncate(journal, 0)
    return True


def last_lines(journal: Path, nombre: int = 12) -> str:
    """Return the end of a log, to show why something did not start."""
    if not journal.exists():
        return ""
    return "\n".join(journal.read_text(encoding="utf8", errors="replace").splitlines()[-nombre:])


class Verrou:
    """A file lock that the kernel releases when its holder dies; the file says who holds it."""

    def __init__(self, chemin: Path) -> None:
        self.chemin = chemin
        self._descripteur: int | None = None

    def acquire(self, *, patience: float = 0.0) -> bool:
        """Take the lock; False when another process still has it after so many seconds."""
        self.chemin.parent.mkdir(parents=True, exist_ok=True)
        descripteur = os.open(self.chemin, os.O_RDWR | os.O_CREAT, 0o644)
        fin = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(descripteur, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= fin:
                    os.close(descripteur)
                    return False
                time.sleep(0.05)
            else:
                self._descripteur = descripteur
                return True

    def write(self, texte: str) -> None:
        """Say in the file what the holder is doing."""
        if self._descripteur is None:
            raise RuntimeError("lock not held")
        os.ftruncate(self._descripteur, 0)
        os.pwrite(self._descripteur, f"{texte}\n".encode(), 0)

    def read(self) -> str:
        """Return what the holder says, empty when there is none."""
        if not self.chemin.exists():
            return ""
        return self.chemin.read_text(encoding="utf8", errors="replace").strip()

    def release(self) -> None:
        """Give the lock back. The file stays: removing it would let two processes lock two files."""
        if self._descripteur is not None:
            os.ftruncate(self._descripteur, 0)
            os.close(self._descripteur)
            self._descripteur = None
