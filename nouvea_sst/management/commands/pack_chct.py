"""Makes a pack of the CHCT without the worker, and writes its PDF to a file."""

import argparse
import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from commissions.enums import Instance
from commissions.models import Seance
from nouvea_sst.lib.dates import Periode
from nouvea_sst.lib.pannes import word_failure
from nouvea_sst.lib.pdf import PdfImpossible, load_weasyprint
from reporting.pack.fabrique import make_edition
from reporting.rules.periodes import PeriodeRefusee, check_period, default_period


def read_day(texte: str) -> datetime.date:
    """Read 2026-01-31 or 31/01/2026."""
    for forme in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.datetime.strptime(texte, forme).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(f"« {texte} » n’est pas une date : écrivez 2026-01-31 ou 31/01/2026.")


class Command(BaseCommand):
    """pack_chct --du 2026-01-01 --au 2026-06-30 --sortie pack.pdf"""

    help = "Fait une édition du dossier CHCT et en écrit le PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        """Period, file, session."""
        parser.add_argument("--du", type=read_day, help="premier jour d’un mois (par défaut, le 1er janvier)")
        parser.add_argument(
            "--au", type=read_day, help="dernier jour d’un mois fini (par défaut, celui du mois passé)"
        )
        parser.add_argument("--sortie", type=Path, default=Path("pack-chct.pdf"), help="fichier PDF à écrire")
        parser.add_argument(
            "--seance", type=int, help="numéro de la séance (par défaut, la prochaine en préparation)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the edition, then write its bytes."""
        jour = timezone.localdate()
        periode = self.read_period(options["du"], options["au"], jour)
        sortie: Path = options["sortie"]
        if not sortie.absolute().parent.is_dir():
            raise CommandError(f"Le dossier {sortie.absolute().parent} n’existe pas.")
        seance = self.find_seance(options["seance"], jour)
        try:
            load_weasyprint()
            edition = make_edition(acteur=None, seance=seance, periode=periode, jour=jour)
        except PdfImpossible as erreur:
            raise CommandError(str(erreur)) from erreur
        try:
            sortie.write_bytes(bytes(edition.pdf))
        except OSError as erreur:
            raise CommandError(f"Impossible d’écrire {sortie} : {word_failure(erreur)}.") from erreur
        self.stdout.write(
            f"{sortie} : {edition}, {edition.pages} pages"
            f"{f', séance n° {seance.numero}' if seance else ', sans séance en préparation'}."
        )
        self.stdout.write(f"SHA-256 {edition.sha256}")

    def read_period(self, du: datetime.date | None, au: datetime.date | None, jour: datetime.date) -> Periode:
        """Return the whole months asked for, the year to the last one by default."""
        defaut = default_period(jour)
        try:
            return check_period(du or defaut.debut, au or defaut.fin, jour)
        except PeriodeRefusee as erreur:
            raise CommandError(str(erreur)) from erreur

    def find_seance(self, numero: int | None, jour: datetime.date) -> Seance | None:
        """Return the session of this number, else the next one, else none."""
        seances = Seance.objects.filter(instance=Instance.CHCT)
        if numero is None:
            return seances.coming_on(jour).first()
        seance = seances.filter(numero=numero).first()
        if seance is None:
            raise CommandError(f"Aucune séance du CHCT ne porte le numéro {numero}.")
        return seance
