"""Recomputes every due date."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from visites.actions import refresh_suivis
from visites.rules.echeance import RegleInconnue


class Command(BaseCommand):
    """`python manage.py calculer_visites`: may be run again, changes only what changed."""

    help = "Recalcule l’échéance de visite de chaque agent."

    def handle(self, *args: Any, **options: Any) -> None:
        """Recompute and say how many changed."""
        try:
            bilan = refresh_suivis(acteur=None, jour=timezone.localdate())
        except RegleInconnue as manque:
            raise CommandError(str(manque)) from manque
        self.stdout.write(f"Échéances de visite : {bilan}.")
