"""The house as the checkers see it: its apps in order, its files."""

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]

# An app imports, and points its foreign keys, only at those before it.
ORDRE = (
    "nouvea_sst.lib",
    "nouvea_sst.comptes",
    "nouvea_sst.travaux",
    "nouvea_sst.referentiel",
    "nouvea_sst.imports",
    "partenaires",
    "agents",
    "documents",
    "signalements",
    "visites",
    "commissions",
    "handicap",
    "budgets",
    "reporting",
)
CODE = ("nouvea_sst", *(app for app in ORDRE if "." not in app))
HORS = {".git", ".venv", "var", "statiques", "node_modules", "__pycache__"}


def folder_of(racine: Path, app: str) -> Path:
    """Folder of an app named with dots."""
    return racine.joinpath(*app.split("."))


def apps_present(racine: Path) -> list[str]:
    """Apps of the order that exist in this tree."""
    return [app for app in ORDRE if folder_of(racine, app).is_dir()]


def files(racine: Path, suffixe: str, *dossiers: str) -> Iterator[Path]:
    """Files with this suffix under the folders (the whole tree if none), in a stable order."""
    for depart in [racine / dossier for dossier in dossiers] or [racine]:
        for dossier, dedans, noms in os.walk(depart):
            dedans[:] = sorted(set(dedans) - HORS)
            yield from (Path(dossier, nom) for nom in sorted(noms) if nom.endswith(suffixe))


def code_files(racine: Path) -> Iterator[Path]:
    """Python files of the apps, migrations left out: Django writes them."""
    for chemin in files(racine, ".py", *CODE):
        if "migrations" not in chemin.parts:
            yield chemin


def templates(racine: Path) -> Iterator[Path]:
    """Template files of the project."""
    for chemin in files(racine, ".html", "templates", *CODE):
        if "templates" in chemin.relative_to(racine).parts:
            yield chemin


def parts_of(chemin: Path) -> set[str]:
    """Names that place a file: its folders and its own name without suffix."""
    return {*chemin.parts[:-1], chemin.stem}


@cache
def tree_of(chemin: Path, _date: float) -> ast.Module:
    """Syntax tree of a file, parsed once per version of the file."""
    return ast.parse(chemin.read_text(encoding="utf8"), filename=str(chemin))


def syntax(chemin: Path) -> ast.Module:
    """Syntax tree of a file."""
    return tree_of(chemin, chemin.stat().st_mtime)


def place(racine: Path, chemin: Path, ligne: int) -> str:
    """Where a fault is, as an editor reads it."""
    return f"{chemin.relative_to(racine)}:{ligne}"
