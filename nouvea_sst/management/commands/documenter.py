"""Write the pages of docs/ that the code knows better than anybody."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from nouvea_sst.comptes.documentation import render_permissions


class Command(BaseCommand):
    """Write docs/permissions.md."""

    help = "Écrit docs/permissions.md à partir de la matrice des droits."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare where the pages go."""
        parser.add_argument("--dossier", type=Path, default=settings.BASE_DIR / "docs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page and say where."""
        chemin = options["dossier"] / "permissions.md"
        chemin.write_text(render_permissions(), encoding="utf8")
        self.stdout.write(f"Écrit : {chemin}")
