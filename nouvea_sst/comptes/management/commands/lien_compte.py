"""Gives from the server the link by which somebody chooses a password: when nobody is left to approve it."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from nouvea_sst.comptes.actions import make_lien
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.lib.affichage import format_date


class Command(BaseCommand):
    """lien_compte"""

    help = "Donne le lien par lequel une personne choisit son mot de passe, sans l’accord du chef de section."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say whose."""
        parser.add_argument("identifiant")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the link and print its path, once."""
        compte = Utilisateur.objects.named(options["identifiant"])
        if compte is None:
            raise CommandError("Aucun compte ne porte cet identifiant.")
        try:
            lien, jeton = make_lien(acteur=None, maintenant=timezone.now(), compte_id=compte.pk)
        except ValidationError as refus:
            raise CommandError(" ".join(refus.messages)) from None
        fin = format_date(lien.expire_le, "moment")
        self.stdout.write(f"À la suite de l’adresse du site : {reverse('comptes:lien', args=[jeton])}")
        self.stdout.write(f"Valable jusqu’au {fin}, une seule fois.")
