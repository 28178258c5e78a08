"""Makes an account from the server: the first one of an installation, before there is anybody to make it."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from nouvea_sst.comptes.actions import create_compte, sync_roles
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.comptes.rules.identifiant import plain_name


class Command(BaseCommand):
    """creer_compte"""

    help = "Crée un compte d’un rôle ; le mot de passe est demandé, jamais passé sur la ligne de commande."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what is needed."""
        parser.add_argument("identifiant")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--prenom", default="")
        parser.add_argument("--nom", default="")
        parser.add_argument("--fonction", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for the password, check it, make the account."""
        identifiant = plain_name(options["identifiant"])
        if Utilisateur.objects.filter(username__iexact=identifiant).exists():
            raise CommandError(f"Un compte porte déjà l’identifiant « {identifiant} » : rien n’a été changé.")
        compte = Utilisateur(
            username=identifiant, first_name=options["prenom"], last_name=options["nom"], role=options["role"]
        )
        mot_de_passe = self._ask(compte)
        sync_roles(acteur=None)
        create_compte(
            acteur=None,
            maintenant=timezone.now(),
            identifiant=identifiant,
            role=Role(options["role"]),
            mot_de_passe=mot_de_passe,
            prenom=options["prenom"],
            nom=options["nom"],
            fonction=options["fonction"],
        )
        self.stdout.write(f"Compte « {identifiant} » créé : {Role(options['role']).label}.")

    def _ask(self, compte: Utilisateur) -> str:
        mot_de_passe = getpass.getpass("Mot de passe (16 caractères au moins) : ")
        if mot_de_passe != getpass.getpass("Le même, une seconde fois : "):
            raise CommandError("Les deux mots de passe diffèrent : rien n’a été changé.")
        try:
            validate_password(mot_de_passe, compte)
        except ValidationError as erreur:
            raise CommandError(" ".join(erreur.messages)) from None
        return mot_de_passe
