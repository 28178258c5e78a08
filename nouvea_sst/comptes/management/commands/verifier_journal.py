"""Tells whether the journal still says what it said when it was sealed."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nouvea_sst.comptes.models import Sceau
from nouvea_sst.comptes.rules.sceaux import read_short_form
from nouvea_sst.comptes.sceaux import Bilan, verify_seals
from nouvea_sst.lib.affichage import count_of, format_date


class Command(BaseCommand):
    """verifier_journal --json --ancre "3f2a 91bc 77d0 e1f2" """

    help = "Recalcule chaque sceau du journal ; échoue et nomme le premier jour qui ne concorde plus."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what may be chosen."""
        parser.add_argument("--json", action="store_true", help="écrit le bilan en JSON")
        parser.add_argument("--ancre", help="empreinte gardée hors de la machine, telle que recopiée")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read everything again, tell it, then fail if anything differs."""
        ancree = self._has(options["ancre"])
        bilan = verify_seals()
        self._tell_json(bilan, ancree) if options["json"] else self._tell(bilan)
        if not ancree:
            raise CommandError(
                f"Aucun sceau ne porte l’empreinte « {options['ancre']} » :"
                " des sceaux ont été ôtés ou refaits."
            )
        if bilan.ecarts:
            raise CommandError(
                f"Le journal ne concorde plus à partir du {format_date(bilan.ecarts[0].jour)}."
            )

    def _has(self, ancre: str | None) -> bool:
        """Whether a seal still bears the hash that was kept elsewhere; none asked for is none missing."""
        if ancre is None:
            return True
        try:
            return Sceau.objects.filter(empreinte__startswith=read_short_form(ancre)).exists()
        except ValueError:
            raise CommandError(
                f"« {ancre} » n’est pas une empreinte : recopiez au moins ses seize premiers signes."
            ) from None

    def _tell(self, bilan: Bilan) -> None:
        for ecart in bilan.ecarts:
            self.stdout.write(f"{format_date(ecart.jour)} : {ecart.motif}")
        self.stdout.write(
            f"{count_of(bilan.sceaux, 'sceau,sceaux')} pour {count_of(bilan.lignes, 'ligne')},"
            f" relus en entier ; {count_of(bilan.attente, 'ligne')} sans sceau encore."
        )
        if bilan.dernier:
            self.stdout.write(f"Dernier sceau : {format_date(bilan.dernier.jour)}, {bilan.dernier.courte}")

    def _tell_json(self, bilan: Bilan, ancree: bool) -> None:
        ecarts = [{"jour": ecart.jour.isoformat(), "motif": ecart.motif} for ecart in bilan.ecarts]
        dernier = bilan.dernier
        dit = {
            "concorde": ancree and not ecarts,
            "premier_jour": ecarts[0]["jour"] if ecarts else None,
            "ecarts": ecarts,
            "sceaux": bilan.sceaux,
            "lignes": bilan.lignes,
            "sans_sceau": bilan.attente,
            "dernier": dernier and {"jour": dernier.jour.isoformat(), "empreinte": dernier.empreinte},
        }
        self.stdout.write(json.dumps(dit, ensure_ascii=False, indent=1))
