"""Write the pages of docs/ that the code knows better than anybody."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from nouvea_sst.champs import render_champs
from nouvea_sst.comptes.documentation import render_permissions
from nouvea_sst.etats import render_etats

PAGES = {"permissions.md": render_permissions, "etats.md": render_etats, "champs.md": render_champs}


class Command(BaseCommand):
    """documenter"""

    help = "Écrit docs/permissions.md, docs/etats.md et docs/champs.md à partir du code."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare where the pages go."""
        parser.add_argument("--dossier", type=Path, default=settings.BASE_DIR / "docs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the pages and say where."""
        for nom, render in PAGES.items():
            chemin = options["dossier"] / nom
            chemin.write_text(render(), encoding="utf8")
            self.stdout.write(f"Écrit : {chemin}")
