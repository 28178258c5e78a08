"""The embedded server: what it opens, what it keeps, what it refuses, how it gets up again."""

import os
import shutil
import signal
import stat
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from nouvea_sst.lib.binaires import BINAIRES_DEBIAN, PostgresIndisponible, find_binaries, wheel_folder
from nouvea_sst.lib.postgres import (
    LONGUEUR_SOCKET,
    Lieux,
    Serveur,
    end_orphan,
    key_of,
    places,
    read_pid_file,
    running_url,
    socket_folder,
    url_of,
)
from nouvea_sst.lib.processus import command_of, is_alive

NouveauServeur = Callable[[], Serveur]


def write_row(serveur: Serveur, valeur: str) -> None:
    """Commit one row."""
    with psycopg.connect(serveur.url) as liaison:
        liaison.execute("CREATE TABLE IF NOT EXISTS temoin (valeur text UNIQUE)")
        liaison.execute("INSERT INTO temoin VALUES (%s)", [valeur])


def read_rows(serveur: Serveur) -> list[str]:
    """Return the committed rows."""
    with psycopg.connect(serveur.url) as liaison:
        return [valeur for (valeur,) in liaison.execute("SELECT valeur FROM temoin ORDER BY valeur")]


def test_listens_on_a_private_socket_only_and_keeps_its_rows(nouveau_serveur: NouveauServeur) -> None:
    serveur = nouveau_serveur()
    serveur.start()
    write_row(serveur, "Éloïse")
    with psycopg.connect(serveur.url) as liaison:
        lus = liaison.execute(
            "SELECT current_setting('listen_addresses'), current_setting('fsync'),"
            " current_setting('data_checksums'), current_database(), 'É' = upper('é')"
        ).fetchone()
    assert lus == ("", "on", "on", "nouvea", True)
    modes = [stat.S_IMODE(d.stat().st_mode) for d in (serveur.socket, serveur.lieux.donnees)]
    assert modes == [0o700, 0o700]
    assert serveur.processus is not None
    serveur.stop()
    assert serveur.processus.returncode == 0
    suivant = nouveau_serveur()
    debut = time.monotonic()
    suivant.start()
    assert time.monotonic() - debut < 5
    assert read_rows(suivant) == ["Éloïse"]


def test_kill_of_every_process_loses_nothing_committed(nouveau_serveur: NouveauServeur) -> None:
    serveur = nouveau_serveur()
    serveur.start()
    write_row(serveur, "gardée")
    assert serveur.processus is not None
    os.kill(serveur.processus.pid, signal.SIGKILL)
    serveur.processus.wait()
    assert (serveur.lieux.donnees / "postmaster.pid").exists()
    serveur.start()
    assert read_rows(serveur) == ["gardée"]


def test_pid_file_that_names_a_stranger_is_forgotten(nouveau_serveur: NouveauServeur) -> None:
    serveur = nouveau_serveur()
    serveur.start()
    write_row(serveur, "gardée")
    fiche = serveur.lieux.donnees / "postmaster.pid"
    contenu = fiche.read_text()
    serveur.stop()
    etranger = os.getppid()
    fiche.write_text(contenu.replace(contenu.splitlines()[0], str(etranger), 1))
    if serveur.lieux.compte is not None:
        os.chown(fiche, serveur.lieux.compte.pw_uid, serveur.lieux.compte.pw_gid)
    serveur.start()
    assert is_alive(etranger)
    assert read_rows(serveur) == ["gardée"]


def test_server_that_outlived_its_launcher_is_ended(nouveau_serveur: NouveauServeur) -> None:
    orphelin, suivant = nouveau_serveur(), nouveau_serveur()
    orphelin.start()
    write_row(orphelin, "gardée")
    assert orphelin.processus is not None
    end_orphan(orphelin.lieux.donnees)
    assert not command_of(orphelin.processus.pid)
    suivant.start()
    assert read_rows(suivant) == ["gardée"]


def test_log_holds_no_value_of_a_row(nouveau_serveur: NouveauServeur) -> None:
    serveur = nouveau_serveur()
    serveur.start()
    write_row(serveur, "inapte-temporaire")
    with pytest.raises(psycopg.errors.UniqueViolation):
        write_row(serveur, "inapte-temporaire")
    serveur.stop()
    journaux = "".join(j.read_text() for j in serveur.lieux.journaux.iterdir())
    assert "temoin_valeur_key" in journaux
    assert "inapte" not in journaux


def test_data_of_another_major_version_is_refused_untouched(lieux: Lieux) -> None:
    lieux.donnees.mkdir(parents=True)
    (lieux.donnees / "PG_VERSION").write_text("17\n")
    avant = sorted(lieux.racine.rglob("*"))
    with pytest.raises(PostgresIndisponible) as refus:
        Serveur(lieux, find_binaries(wheel_folder())).start()
    for mots in (
        "PostgreSQL 17",
        "le 18",
        "Rien n’a été touché",
        "pg_dump -Fc",
        "pg_restore",
        f"mv {lieux.donnees}",
    ):
        assert mots in str(refus.value)
    assert sorted(lieux.racine.rglob("*")) == avant


def test_an_interrupted_creation_leaves_no_half_folder(nouveau_serveur: NouveauServeur) -> None:
    serveur = nouveau_serveur()
    reste = serveur.lieux.racine / "donnees.en-cours"
    reste.mkdir(parents=True)
    (reste / "PG_VERSION").touch()
    serveur.lieux.racine.chmod(0o755)
    serveur.start()
    assert not reste.exists()
    write_row(serveur, "née")


@pytest.mark.skipif(
    not any(BINAIRES_DEBIAN.glob("*/bin/initdb")), reason="Debian's PostgreSQL is not installed"
)
def test_debian_programs_serve_when_the_wheel_is_gone(lieux: Lieux) -> None:
    serveur = Serveur(lieux, find_binaries(None))
    serveur.start()
    try:
        write_row(serveur, "Debian")
    finally:
        serveur.stop()
    if serveur.binaires.majeure != find_binaries(wheel_folder()).majeure:
        with pytest.raises(PostgresIndisponible, match=f"PostgreSQL {serveur.binaires.majeure} ;"):
            Serveur(lieux, find_binaries(wheel_folder())).start()


def test_url_of_the_running_server_is_found(dossier_court: Path) -> None:
    donnees = dossier_court / "var" / "postgresql" / "donnees"
    donnees.mkdir(parents=True)
    fiche = [str(os.getpid()), str(donnees), "0", "5432", "/run/un dossier", "", "1 2", "starting"]
    assert running_url(dossier_court, dossier_court / "var") is None
    (donnees / "postmaster.pid").write_text("\n".join(fiche))
    assert running_url(dossier_court, dossier_court / "var") is None
    (donnees / "postmaster.pid").write_text("\n".join([*fiche[:-1], "ready   "]))
    attendue = "postgresql://sst@/nouvea?host=/run/un%20dossier"
    assert running_url(dossier_court, dossier_court / "var") == attendue == url_of(Path("/run/un dossier"))
    (donnees / "postmaster.pid").write_text("\n".join(["99999999", *fiche[1:-1], "ready   "]))
    assert running_url(dossier_court, dossier_court / "var") is None
    (donnees / "postmaster.pid").write_text("quelques mots")
    assert read_pid_file(donnees) is None


def test_two_clones_and_two_var_folders_never_share(tmp_path: Path) -> None:
    cles = {
        key_of(tmp_path / "a", tmp_path / "a" / "var"),
        key_of(tmp_path / "b", tmp_path / "b" / "var"),
        key_of(tmp_path / "a", tmp_path / "ailleurs"),
    }
    assert len(cles) == 3
    assert key_of(tmp_path / "a", tmp_path / "a" / "var") in cles


def test_root_leaves_the_clone_and_a_user_stays_in_var(tmp_path: Path) -> None:
    lieux = places(tmp_path, tmp_path / "var", racine_systeme=Path("/var/lib/essai"))
    if os.geteuid() == 0:
        assert lieux.compte is not None
        assert lieux.compte.pw_name == "nobody"
        assert lieux.racine == Path("/var/lib/essai") / key_of(tmp_path, tmp_path / "var")
    else:
        assert lieux == Lieux(tmp_path / "var" / "postgresql")


def test_long_path_puts_the_socket_in_a_private_folder_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    assert socket_folder(Lieux(Path("/court"))) == Path("/court/socket")
    ailleurs = socket_folder(Lieux(tmp_path / ("long" * 30)))
    try:
        assert len(os.fsencode(ailleurs)) <= LONGUEUR_SOCKET
        assert stat.S_IMODE(ailleurs.stat().st_mode) == 0o700
        assert socket_folder(Lieux(tmp_path / ("long" * 30))) == ailleurs
        assert socket_folder(Lieux(tmp_path / ("loin" * 30))) != ailleurs
        ailleurs.chmod(0o755)
        with pytest.raises(PostgresIndisponible, match="n’est pas à vous seul"):
            socket_folder(Lieux(tmp_path / ("long" * 30)))
    finally:
        shutil.rmtree(ailleurs)
        shutil.rmtree(socket_folder(Lieux(tmp_path / ("loin" * 30))))
