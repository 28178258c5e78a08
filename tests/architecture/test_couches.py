"""Imports follow the order of the apps: import-linter on the real house, and on a small faulty one."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.maison import CODE, ORDRE, RACINE

CONFIG = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf8"))["tool"]["importlinter"]
COUCHES = CONFIG["contracts"][0]["layers"]


def present(racine: Path) -> list[str]:
    """Top packages of the house that exist in this tree."""
    return [paquet for paquet in CODE if (racine / paquet / "__init__.py").exists()]


def lint(racine: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter with the house's layers on the packages of this tree."""
    lignes = [
        "[importlinter]",
        "root_packages =",
        *(f"    {paquet}" for paquet in present(racine)),
        "[importlinter:contract:ordre]",
        "name = ordre",
        "type = layers",
        "layers =",
        *(f"    {couche}" for couche in COUCHES),
    ]
    config = racine / "couches.ini"
    config.write_text("\n".join(lignes), encoding="utf8")
    commande = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    return subprocess.run(
        [*commande, "--config", str(config), "--no-cache"],
        cwd=racine,
        capture_output=True,
        text=True,
        check=False,
    )


def test_layers_are_the_order_of_the_apps():
    noms = [couche.strip("()") for couche in reversed(COUCHES[1:])]
    assert noms == list(ORDRE)


def test_first_layer_holds_every_module_of_the_house_that_is_no_app():
    modules = {
        c.stem for c in (RACINE / "nouvea_sst").iterdir() if c.suffix == ".py" or (c / "__init__.py").exists()
    }
    apps = {app.partition(".")[2] for app in ORDRE if "." in app}
    connus = {nom.strip(" ()").partition(".")[2] for nom in COUCHES[0].split(":")}
    manquants = sorted(modules - apps - connus - {"__init__"})
    assert not manquants, f"add to the first layer of pyproject.toml: {manquants}"


def test_root_packages_are_those_that_exist():
    assert sorted(CONFIG["root_packages"]) == sorted(present(RACINE))


def test_house_imports_only_from_earlier_apps():
    essai = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=RACINE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert essai.returncode == 0, essai.stdout + essai.stderr


@pytest.mark.parametrize(
    "fichier, texte, juste",
    [
        ("agents/views.py", "import visites.models\n", False),
        ("agents/views.py", "def f():\n    from visites import models\n", False),
        ("nouvea_sst/lib/dates.py", "import nouvea_sst.comptes.models\n", False),
        ("nouvea_sst/comptes/views.py", "import nouvea_sst.navigation\n", False),
        ("visites/views.py", "import agents.models\n", True),
        ("nouvea_sst/navigation.py", "import visites.models\n", True),
    ],
)
def test_layers(plant, fichier, texte, juste):
    noms = [
        "agents/models.py",
        "visites/models.py",
        "nouvea_sst/navigation.py",
        "nouvea_sst/comptes/models.py",
    ]
    paquets = ["agents", "visites", "nouvea_sst", "nouvea_sst/lib", "nouvea_sst/comptes"]
    racine = plant({nom: "" for nom in [*noms, *(f"{p}/__init__.py" for p in paquets)]} | {fichier: texte})
    essai = lint(racine)
    assert ("1 kept" in essai.stdout) is juste, essai.stdout + essai.stderr
