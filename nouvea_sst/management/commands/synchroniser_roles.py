"""Brings the groups in line with the permission matrix."""

from typing import Any

from django.core.management.base import BaseCommand

from nouvea_sst.comptes.actions import sync_roles


class Command(BaseCommand):
    """synchroniser_roles"""

    help = "Met les groupes en accord avec la matrice des droits (nouvea_sst/comptes/roles.py)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sync, and say how many rights changed."""
        self.stdout.write(f"{sync_roles(acteur=None)} droits changés")
