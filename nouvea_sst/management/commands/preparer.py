"""Bring a database to the state the application needs; run at each start and after each upgrade."""

from argparse import ArgumentParser
from io import StringIO
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, transaction

from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.lib.scelles import sealed_columns, values_without_key

VILLE = ("--agents=1600", "--annees=5", "--graine=1")


class Command(BaseCommand):
    """Migrate, load the reference data, set the roles, and fill an empty demonstration."""

    help = (
        "Prépare la base : schéma, référentiel, rôles et, en démonstration, ville inventée si elle est vide."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the one option."""
        parser.add_argument("--sans-demo", action="store_true", help="sans la ville de démonstration")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run each step; each may be run again."""
        try:
            connection.ensure_connection()
        except OperationalError as erreur:
            raise CommandError(f"La base de données ne répond pas : {erreur}") from None
        for commande in ("migrate", "createcachetable", "charger_referentiel", "synchroniser_roles"):
            call_command(commande, verbosity=0, stdout=StringIO())
        if phrases := values_without_key(sealed_columns()):
            raise CommandError(" ".join(phrases))
        if settings.DEMONSTRATION and not options["sans_demo"] and is_empty():
            self.stdout.write("Ville de démonstration : création (moins d’une minute)…")
            self.stdout.flush()
            # All or nothing: an interrupted start finds an empty database again.
            with transaction.atomic():
                call_command("peupler", *VILLE, verbosity=0, stdout=StringIO())


def is_empty() -> bool:
    """Tell whether the database holds neither account nor agent."""
    return not (Utilisateur.objects.exists() or apps.get_model("agents", "Agent").objects.exists())
