"""Finds Bootstrap's compiled files inside their pinned wheel: nothing of it is copied into the project."""

from importlib.util import find_spec
from pathlib import Path

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

FICHIERS = ("css/bootstrap.min.css", "css/bootstrap.min.css.map")


class BootstrapFinder(BaseFinder):
    """Serves the few named files of the wheel under bootstrap/."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        spec = find_spec("bootstrap")
        lieux = list(spec.submodule_search_locations or []) if spec else []
        self.racine = Path(lieux[0]) if lieux else Path("/nonexistent")
        self.storage = FileSystemStorage(location=str(self.racine))
        self.storage.prefix = "bootstrap"  # type: ignore[attr-defined]

    def find(self, path, find_all=False, **kwargs):
        """Return the absolute path of one of the named files, or nothing."""
        nom = path.removeprefix("bootstrap/")
        trouve = path.startswith("bootstrap/") and nom in FICHIERS and (self.racine / nom).exists()
        if not trouve:
            return []
        chemin = str(self.racine / nom)
        return [chemin] if find_all else chemin

    def list(self, ignore_patterns):
        """Yield (name, storage) for collectstatic."""
        for nom in FICHIERS:
            yield nom, self.storage
