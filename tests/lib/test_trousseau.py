"""Keys stand in files that only their owner reads; without them production does not start."""

import os
import subprocess
import sys

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from nouvea_sst.lib.classes import Classe
from nouvea_sst.lib.trousseau import (
    CHIFFREES,
    ESSAI,
    CleManquante,
    add_key,
    faults_of_keys,
    file_of,
    keep_current,
    read_ring,
    refuse_without_keys,
)
from tests.architecture.maison import RACINE


@pytest.fixture
def dossier(settings, tmp_path):
    """A folder of keys of its own."""
    settings.CLES = tmp_path / "cles"
    return settings.CLES


@pytest.fixture
def production(settings, dossier):
    """In production, with a key for each class."""
    settings.MODE = "production"
    for classe in CHIFFREES:
        add_key(classe)
    return dossier


def test_trial_makes_its_keys_for_its_owner_alone(dossier):
    noms = {read_ring(classe).courante for classe in CHIFFREES}
    assert len(noms) == len(CHIFFREES), "two classes have the same key"
    for classe in CHIFFREES:
        assert file_of(classe).stat().st_mode & 0o777 == 0o600
        assert file_of(classe).read_text().startswith(ESSAI)
    assert dossier.stat().st_mode & 0o777 == 0o700


def test_new_key_encrypts_and_the_older_one_still_opens(production):
    premiere = read_ring(Classe.M1).courante
    seconde = add_key(Classe.M1)
    trousseau = read_ring(Classe.M1)
    assert trousseau.courante == seconde and set(trousseau.cles) == {premiere, seconde}
    assert keep_current(Classe.M1) == [premiere]
    with pytest.raises(CleManquante, match=f"La clé {premiere} de la classe M1 manque"):
        read_ring(Classe.M1).find(premiere)


def test_no_key_is_shown_with_its_ring(production):
    trousseau = read_ring(Classe.M1)
    cle = trousseau.cles[trousseau.courante]
    assert repr(cle) not in repr(trousseau) and cle.hex() not in repr(trousseau)


def test_production_with_its_keys_starts(production):
    assert faults_of_keys() == []
    refuse_without_keys()


def spoil(geste, chemin):
    """Do what goes wrong with a file of keys."""
    lignes = chemin.read_text().splitlines(keepends=True)
    match geste:
        case "absent":
            chemin.unlink()
        case "empty":
            chemin.write_text("")
        case "open":
            chemin.chmod(0o640)
        case "cut":
            chemin.write_text("".join(lignes)[:-10])
        case "another":
            chemin.write_text(lignes[0][:9] + "A" * 43 + "=\n")
        case "trial":
            chemin.write_text(f"{ESSAI}\n{''.join(lignes)}")


@pytest.mark.parametrize(
    ("geste", "phrase"),
    [
        ("absent", "Les clés de la classe Y1 manquent"),
        ("empty", "est vide"),
        ("open", "s’ouvre à d’autres que son propriétaire"),
        ("cut", "La ligne 1 du fichier de clés .* est abîmée"),
        ("another", "La ligne 1 du fichier de clés .* est abîmée"),
        ("trial", "clés d’essai, que la production refuse"),
    ],
)
def test_production_refuses_to_start(production, geste, phrase):
    spoil(geste, file_of(Classe.Y1))
    with pytest.raises(ImproperlyConfigured, match=phrase):
        refuse_without_keys()
    messages = [m for m in run_checks() if m.id == "nouvea.E001"]
    assert len(messages) == 1 and messages[0].is_serious()


def test_production_refuses_to_start_without_a_folder(production, settings):
    settings.CLES = None
    with pytest.raises(ImproperlyConfigured, match="NOUVEA_CLES"):
        refuse_without_keys()


def start(programme, **environnement):
    """Start a program in production, as the surroundings say; return its code and what it wrote."""
    garde = {k: v for k, v in os.environ.items() if not k.startswith(("NOUVEA_", "DJANGO_"))}
    fait = subprocess.run(
        [sys.executable, *programme],
        env=garde
        | {"NOUVEA_MODE": "production", "SECRET_KEY": "essai", "DATABASE_URL": "postgresql:///absente"}
        | {"DJANGO_SETTINGS_MODULE": "nouvea_sst.settings"}
        | environnement,
        cwd=RACINE,
        capture_output=True,
        text=True,
        check=False,
    )
    return fait.returncode, fait.stdout + fait.stderr


SERVEUR = ("-W", "ignore", "-c", "import nouvea_sst.wsgi")
OUVRIER = ("-W", "ignore", "manage.py", "procrastinate", "worker", "--one-shot")


@pytest.mark.parametrize("programme", [SERVEUR, OUVRIER], ids=["web", "worker"])
def test_neither_web_server_nor_worker_starts_without_keys(programme, tmp_path):
    for environnement in ({}, {"NOUVEA_CLES": str(tmp_path / "rien")}):
        code, dit = start(programme, **environnement)
        assert code and ("NOUVEA_CLES" in dit or "Les clés de la classe M1 manquent" in dit)


def test_web_server_starts_with_its_keys_and_the_command_makes_the_first_ones(tmp_path):
    ou = {"NOUVEA_CLES": str(tmp_path / "cles")}
    code, dit = start(("manage.py", "check"), **ou)
    assert code and "n’existe pas" in dit
    for classe in CHIFFREES:
        assert not (tmp_path / "cles" / f"{classe}.cles").exists(), "production makes no key by itself"
    code, dit = start(("manage.py", "changer_cle", "--nouvelle"), **ou)
    assert (code, dit.count("ajoutée")) == (0, len(CHIFFREES)), "there is no database yet"
    assert start(SERVEUR, **ou) == (0, "")
