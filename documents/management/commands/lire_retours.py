"""Reads the reports of messages that came back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from documents.actions import read_retours
from documents.retours import BoiteFermee
from nouvea_sst.lib.affichage import count_of


class Command(BaseCommand):
    """lire_retours: from the folder RETOURS_DOSSIER or the account RETOURS_IMAP."""

    help = "Lit la boîte des retours et marque les messages revenus."

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the box once and say what was found."""
        try:
            bilan = read_retours(maintenant=timezone.now())
        except BoiteFermee as refus:
            raise CommandError(str(refus)) from refus
        self.stdout.write(
            f"{count_of(bilan['lus'], 'message lu,messages lus')} : "
            f"{count_of(bilan['revenus'], 'revenu')}, {bilan['retardes']} en retard, "
            f"{bilan['sans_suite']} sans suite."
        )
