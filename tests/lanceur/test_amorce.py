"""The bash part of ./demarrer and ./tester, before there is any Python."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

CLONE = Path(__file__).resolve().parents[2]
# Stands for Debian's Python: makes a .venv whose pip only notes that it was called.
FAUX_PYTHON = """#!/bin/sh
echo "$*" >> "$NOTES"
case "$*" in
  "-m venv .venv") mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;
  "-m pip install"*) [ -z "$COUPURE" ] || { kill -9 $PPID; exit 9; } ;;
  "-c import sys; print(sys.version)") echo 3.11 ;;
esac
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with the scripts, the requirements and nothing else."""
    dossier = tmp_path / "un clone"
    (dossier / "deploiement").mkdir(parents=True)
    for nom in ("demarrer", "tester", "deploiement/amorce.sh"):
        shutil.copy(CLONE / nom, dossier / nom)
    (dossier / "requirements.txt").write_text("un\n")
    (dossier / "requirements-dev.txt").write_text("un\ndeux\n")
    python = tmp_path / "python3"
    python.write_text(FAUX_PYTHON)
    python.chmod(0o755)
    return dossier


def run_script(clone: Path, *arguments: str, **environnement: str) -> subprocess.CompletedProcess[str]:
    """Run ./demarrer in the clone."""
    return subprocess.run(
        [clone / "demarrer", *arguments],
        env={"PATH": "/usr/bin:/bin", **environnement},
        capture_output=True,
        text=True,
        timeout=30,
    )


def install(clone: Path, fichier: str = "requirements.txt", **environnement: str) -> list[str]:
    """Run the installation of the libraries alone; return how Python was called."""
    notes = clone.parent / "notes"
    notes.unlink(missing_ok=True)
    installer = f"PYTHON='{clone.parent}/python3'; preparer_dossier; installer_python {fichier}"
    subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f". deploiement/amorce.sh; {installer}"],
        cwd=clone,
        env={"PATH": "/usr/bin:/bin", "NOTES": str(notes), **environnement},
        capture_output=True,
        timeout=30,
    )
    appels = notes.read_text().splitlines() if notes.exists() else []
    return [a.split(" --")[0] for a in appels if a.startswith(("-m venv", "-m pip install"))]


def test_help_names_the_options(clone: Path) -> None:
    fait = run_script(clone, "--aide")
    assert fait.returncode == 0
    assert all(option in fait.stdout for option in ("--port", "--sans-demo", "--aide"))
    assert not (clone / "var").exists()


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (["--bidon"], "Option inconnue : --bidon."),
        (["--port"], "--port attend un numéro"),
        (["--port", "abc"], "« abc » n’est pas un port"),
        (["--port=0"], "« 0 » n’est pas un port"),
        (["--port", "70000"], "« 70000 » n’est pas un port"),
    ],
)
def test_wrong_options_are_said_in_a_sentence(clone: Path, arguments: list[str], phrase: str) -> None:
    fait = run_script(clone, *arguments)
    assert (fait.returncode, fait.stdout) == (2, "")
    assert phrase in fait.stderr
    assert len(fait.stderr.splitlines()) == 1


@pytest.mark.enable_socket
def test_taken_port_is_said_before_anything_long(clone: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as occupant:
        port = occupant.getsockname()[1]
        fait = run_script(clone, "--port", str(port))
    assert fait.returncode == 1
    assert fait.stderr.startswith(f"Le port {port} est déjà pris")
    assert not (clone / "var").exists()


def test_running_instance_is_named(clone: Path) -> None:
    verrou = clone / "var" / "nouvea.verrou"
    verrou.parent.mkdir()
    verrou.write_text("http://127.0.0.1:8000/ (processus 12)\n")
    with subprocess.Popen(["flock", verrou, "sleep", "30"]) as teneur:
        while run_script(clone, "--port", "1").returncode != 1:
            pass
        fait = run_script(clone, "--port", "1")
        teneur.terminate()
    assert fait.stderr == (
        "Nouvéa SST est déjà en marche dans ce dossier : http://127.0.0.1:8000/ (processus 12)\n"
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_of_another_account_is_said(clone: Path) -> None:
    (clone / "var").mkdir(mode=0o500)
    fait = run_script(clone, "--port", "1")
    assert fait.returncode == 1
    assert "Impossible d’écrire" in fait.stderr


def test_libraries_are_installed_once_and_again_when_the_list_changes(clone: Path) -> None:
    assert install(clone) == ["-m venv .venv", "-m pip install"]
    assert install(clone) == []
    (clone / "requirements.txt").write_text("un autre\n")
    assert install(clone) == ["-m pip install"]
    assert install(clone) == []


def test_development_libraries_hold_the_others(clone: Path) -> None:
    install(clone)
    assert install(clone, "requirements-dev.txt") == ["-m pip install"]
    assert install(clone) == []


@pytest.mark.parametrize("apres", ["rien", "installation complète"])
def test_half_made_environment_is_made_again(clone: Path, apres: str) -> None:
    if apres != "rien":
        install(clone)
        (clone / "requirements.txt").write_text("un autre\n")
    install(clone, COUPURE="oui")
    (clone / ".venv" / "reste").touch()
    assert install(clone) == ["-m venv .venv", "-m pip install"]
    assert not (clone / ".venv" / "reste").exists()
    assert install(clone) == []


def test_requirements_name_no_host_and_development_holds_runtime() -> None:
    epingles = []
    for nom in ("requirements.txt", "requirements-dev.txt"):
        lignes = (CLONE / nom).read_text().splitlines()
        assert not [ligne for ligne in lignes if "//" in ligne or ligne.startswith("-")]
        epingles.append({ligne.split()[0] for ligne in lignes if "==" in ligne})
    assert epingles[0] <= epingles[1]
