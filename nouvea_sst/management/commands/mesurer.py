"""Measures what each page costs on the database at hand."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agents.models import Agent
from nouvea_sst.lib.affichage import count_of, format_number
from nouvea_sst.mesures import (
    OCTETS_MAX,
    SQL_MAX,
    Mesure,
    MesureImpossible,
    leave_nothing,
    measure,
    statements,
)
from nouvea_sst.mesures_imports import MO_MAX, RAPPORT_MAX, measure_import
from nouvea_sst.pages_mesurees import Page, pages

ENTETE = f"{'page':<24}{'SQL':>6}{'octets':>12}{'médiane ms':>13}{'p95 ms':>11}{'CPU ms':>11}"


class Command(BaseCommand):
    """mesurer --json --pages agents,tableau --tours 20, or mesurer --import 16000."""

    help = "Mesure ce que coûte chaque page sur la base présente ; rien n’y reste."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what may be chosen."""
        parser.add_argument("--json", action="store_true", help="écrit les mesures en JSON")
        parser.add_argument("--pages", default="", help="noms séparés par des virgules (toutes)")
        parser.add_argument("--tours", type=int, default=10, help="appels mesurés par page (10)")
        parser.add_argument(
            "--import",
            type=int,
            default=0,
            dest="lignes",
            help="mesure l’import d’un registre de tant de lignes",
        )
        parser.add_argument("--requetes", action="store_true", help="écrit le SQL de chaque page")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure each page chosen, one after the other."""
        if options["lignes"]:
            self._tell_import(options["lignes"], options["json"])
            return
        with leave_nothing():
            choisies = self._choose(options["pages"])
            try:
                if options["requetes"]:
                    self._tell_statements(choisies)
                    return
                mesures = [measure(page, options["tours"]) for page in choisies]
            except MesureImpossible as refus:
                raise CommandError(str(refus)) from refus
            nombre = Agent.objects.count()
        if options["json"]:
            self.stdout.write(
                json.dumps([asdict(mesure) for mesure in mesures], ensure_ascii=False, indent=1)
            )
        else:
            self._tell(choisies, mesures, nombre)

    def _tell_import(self, lignes: int, en_json: bool) -> None:
        """Say what the import of a register of so many rows costs beside reading its file."""
        with leave_nothing():
            mesure = measure_import(lignes, timezone.localdate())
        if en_json:
            self.stdout.write(json.dumps(asdict(mesure) | {"rapport": mesure.rapport}, indent=1))
            return
        secondes = [format_number(s, 2) for s in (mesure.lecture_s, mesure.apercu_s, mesure.application_s)]
        self.stdout.write(
            f"{count_of(mesure.lignes, 'ligne')}, {count_of(mesure.crees, 'agent créé,agents créés')}."
        )
        self.stdout.write(
            f"openpyxl lit le fichier en {secondes[0]} s ; aperçu {secondes[1]} s, "
            f"application {secondes[2]} s : {format_number(mesure.rapport, 1)} fois, "
            f"pour {RAPPORT_MAX} au plus."
        )
        self.stdout.write(f"Mémoire : {format_number(mesure.memoire_mo)} Mo, pour moins de {MO_MAX}.")

    def _choose(self, noms: str) -> list[Page]:
        connues = {page.nom: page for page in pages(timezone.localdate())}
        voulues = [nom.strip() for nom in noms.split(",") if nom.strip()] or list(connues)
        if inconnues := [nom for nom in voulues if nom not in connues]:
            raise CommandError(f"Pages inconnues : {', '.join(inconnues)}. Pages : {', '.join(connues)}.")
        return [connues[nom] for nom in voulues]

    def _tell(self, choisies: list[Page], mesures: list[Mesure], nombre: int) -> None:
        self.stdout.write(f"{count_of(nombre, 'agent')} dans la base, partis compris.")
        self.stdout.write(ENTETE)
        for page, mesure in zip(choisies, mesures, strict=True):
            temps = "".join(
                f"{format_number(valeur, 1):>{largeur}}"
                for valeur, largeur in ((mesure.mediane_ms, 13), (mesure.p95_ms, 11), (mesure.cpu_ms, 11))
            )
            alerte = "" if mesure.fits(page) else "  dépasse"
            self.stdout.write(
                f"{mesure.page:<24}{mesure.sql:>6}{format_number(mesure.octets):>12}{temps}{alerte}"
            )
        self.stdout.write(
            f"Une page HTML tient en {SQL_MAX} requêtes SQL et {format_number(OCTETS_MAX)} octets."
        )

    def _tell_statements(self, choisies: list[Page]) -> None:
        for page in choisies:
            textes = statements(page)
            self.stdout.write(f"== {page.nom} : {len(textes)}")
            for texte in textes:
                self.stdout.write(f"{texte}\n")
