"""Fills an empty database with the demonstration city, or writes it as files of the former software."""

import datetime
from argparse import ArgumentParser
from collections.abc import Sized
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from agents.models import Agent
from nouvea_sst.comptes.demonstration import write_demo_accounts
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.pannes import word_failure
from nouvea_sst.ville.comptes import DemoAccounts
from nouvea_sst.ville.ecriture import write_city
from nouvea_sst.ville.ecriture_alertes import write_alertes
from nouvea_sst.ville.ecriture_choix import write_choix
from nouvea_sst.ville.ecriture_lettres import write_lettres
from nouvea_sst.ville.fichiers import DossierRefuse, write_files
from nouvea_sst.ville.tirage import draw_city
from visites.actions import refresh_suivis

MINIMUM, MAXIMUM = 50, 200_000
SANS_FICHIER = (
    "N’ont pas de fichier, et ne reviennent donc pas par « importer » : comptes, demandes de visite, "
    "alertes, expositions des postes (leur suivi, si), fiches d’accident (leurs arrêts, si), signalements, "
    "plan d’actions, séances, heures travaillées, et le jour de fermeture d’une structure."
)


class Command(BaseCommand):
    """peupler"""

    help = "Remplit une base vide d’une ville inventée : agents, absences, visites, accidents, signalements."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what may be chosen."""
        parser.add_argument("--agents", type=int, default=1600, help="agents présents (1600)")
        parser.add_argument("--annees", type=int, default=5, help="années d’histoire (5)")
        parser.add_argument("--graine", type=int, default=1, help="même graine, même ville")
        parser.add_argument("--jour", type=datetime.date.fromisoformat, help="jour de la ville, aaaa-mm-jj")
        parser.add_argument(
            "--fichiers",
            type=Path,
            metavar="DOSSIER",
            help="n’écrit rien dans la base : met la ville dans ce dossier, en fichiers de l’ancien logiciel",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the city in the empty database, or as files."""
        self._refuse_sizes(options)
        tirage = {
            "jour": options["jour"] or timezone.localdate(),
            "nombre": options["agents"],
            "annees": options["annees"],
            "graine": options["graine"],
        }
        if options["fichiers"] is not None:
            self._write_files(options["fichiers"], tirage)
        else:
            self._refuse_real_data()
            self._fill_database(tirage)

    def _write_files(self, dossier: Path, tirage: dict[str, Any]) -> None:
        """Write the set of files, and say how many rows each has."""
        try:
            lignes = write_files(dossier=dossier, **tirage)
        except DossierRefuse as refus:
            raise CommandError(str(refus)) from refus
        except OSError as erreur:
            raise CommandError(f"Impossible d’écrire dans {dossier} : {word_failure(erreur)}.") from erreur
        for nom, nombre in lignes.items():
            self.stdout.write(f"{nom} : {count_of(nombre, 'ligne')}")
        self.stdout.write(f"Ville de démonstration au {tirage['jour']:%d/%m/%Y} dans {dossier}.")
        self.stdout.write(SANS_FICHIER)

    def _fill_database(self, tirage: dict[str, Any]) -> None:
        """Draw, write, compute the due dates, keep the accounts in var/."""
        jour, ville = tirage["jour"], draw_city(**tirage)
        comptes = DemoAccounts()
        write_city(acteur=None, ville=ville, comptes=comptes)
        refresh_suivis(acteur=None, jour=jour)
        write_choix(jour=jour, acteur=comptes.comptes[Role.COORDINATEUR])
        write_alertes(jour=jour, decideur=comptes.comptes[Role.COORDINATEUR])
        write_lettres(jour=jour, maintenant=timezone.now())
        with connection.cursor() as curseur:
            # Tables filled at once: until PostgreSQL looks at them, it asks them as if they were empty.
            curseur.execute("ANALYZE")
        write_demo_accounts(settings.VAR, comptes.mots_de_passe)
        nombres: dict[str, Sized] = {
            "agents": ville.agents,
            "absences": ville.absences,
            "visites": ville.visites,
            "accidents": ville.accidents,
            "signalements": ville.signalements,
            "actions": ville.actions,
            "séances": ville.seances,
        }
        bilan = ", ".join(f"{len(lignes)} {nom}" for nom, lignes in nombres.items())
        self.stdout.write(f"Ville de démonstration au {jour:%d/%m/%Y} : {bilan}.")

    def _refuse_real_data(self) -> None:
        if settings.MODE == "production":
            raise CommandError("En production, la ville de démonstration n’est jamais chargée.")
        if nombre := Agent.objects.count():
            raise CommandError(f"La base contient déjà {nombre} agents : rien n’a été changé.")
        if Utilisateur.objects.exists():
            raise CommandError("La base contient déjà des comptes : rien n’a été changé.")

    def _refuse_sizes(self, options: dict[str, Any]) -> None:
        if not MINIMUM <= options["agents"] <= MAXIMUM:
            raise CommandError(f"Le nombre d’agents va de {MINIMUM} à {MAXIMUM}.")
        if not 1 <= options["annees"] <= 15:
            raise CommandError("Le nombre d’années va de 1 à 15.")
