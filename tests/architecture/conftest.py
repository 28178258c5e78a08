"""Faulty houses to try the checkers on."""

from collections.abc import Callable
from pathlib import Path

import pytest

Plante = Callable[[dict[str, str]], Path]


@pytest.fixture
def plant(tmp_path: Path) -> Plante:
    """Write a small house and return its root; every app folder named gets its __init__.py."""

    def write(fichiers: dict[str, str]) -> Path:
        for nom, texte in fichiers.items():
            chemin = tmp_path / nom
            chemin.parent.mkdir(parents=True, exist_ok=True)
            chemin.write_text(texte, encoding="utf8")
        return tmp_path

    return write
