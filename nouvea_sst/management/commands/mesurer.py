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
from nouvea_sst.mesures_lettres import RAPPORT_LETTRES, measure_lettres
from nouvea_sst.mesures_messages import PANNE_TOURS, measure_messages
from nouvea_sst.mesures_visites import MO_VISITES, RAPPORT_VISITES, measure_visites
from nouvea_sst.pages_mesurees import Page, pages

ENTETE = f"{'page':<24}{'SQL':>6}{'octets':>12}{'médiane ms':>13}{'p95 ms':>11}{'CPU ms':>11}"


class Command(BaseCommand):
    """mesurer --json --pages agents,tableau --tours 20; --import 16000; --visites; --messages 1000."""

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
        parser.add_argument("--visites", action="store_true", help="mesure le calcul des visites dues")
        parser.add_argument(
            "--lettres", type=int, default=0, help="mesure l’établissement de tant de convocations"
        )
        parser.add_argument(
            "--messages", type=int, default=0, help="envoie tant de messages à un serveur qui faute"
        )
        parser.add_argument("--requetes", action="store_true", help="écrit le SQL de chaque page")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure each page chosen, one after the other."""
        if options["lignes"]:
            self._tell_import(options["lignes"], options["json"])
            return
        if options["lettres"]:
            self._tell_lettres(options["lettres"], options["json"])
            return
        if options["messages"]:
            self._tell_messages(options["messages"], options["json"])
            return
        if options["visites"]:
            self._tell_visites(options["json"])
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

    def _tell_visites(self, en_json: bool) -> None:
        """Say what the calculation of the visits due costs beside reading its rows; it writes nothing."""
        mesure = measure_visites(timezone.localdate())
        if en_json:
            self.stdout.write(json.dumps(asdict(mesure) | {"rapport": mesure.rapport}, indent=1))
            return
        self.stdout.write(
            f"{count_of(mesure.agents, 'agent')}, {count_of(mesure.lignes, 'ligne lue,lignes lues')}, "
            f"{count_of(mesure.dues, 'visite due,visites dues')}."
        )
        self.stdout.write(
            f"Lecture {format_number(mesure.lecture_s, 2)} s, calcul simulé "
            f"{format_number(mesure.calcul_s, 2)} s : {format_number(mesure.rapport, 2)} fois, "
            f"pour {RAPPORT_VISITES} au plus."
        )
        self.stdout.write(f"Mémoire : {format_number(mesure.memoire_mo)} Mo, pour moins de {MO_VISITES}.")

    def _tell_lettres(self, nombre: int, en_json: bool) -> None:
        """Say what convocations with their notices cost beside WeasyPrint on the same pages."""
        with leave_nothing():
            mesure = measure_lettres(nombre, timezone.localdate(), timezone.now())
        if en_json:
            self.stdout.write(json.dumps(asdict(mesure) | {"rapport": mesure.rapport}, indent=1))
            return
        self.stdout.write(
            f"{count_of(mesure.convocations, 'convocation')}, {count_of(mesure.lettres, 'lettre')}, "
            f"{count_of(mesure.pages, 'page')}, {format_number(mesure.octets)} octets un par un, "
            f"{format_number(mesure.octets_relies)} reliés."
        )
        self.stdout.write(
            f"WeasyPrint seul, même HTML, un fichier par lettre : {format_number(mesure.un_par_un_s, 2)} s "
            f"(et un de tout : {format_number(mesure.temoin_s, 2)} s ; un de tout seulement : "
            f"{format_number(mesure.relie_seul_s, 2)} s) ; "
            f"le lot {format_number(mesure.lot_s, 2)} s : {format_number(mesure.rapport, 2)} fois, "
            f"pour {format_number(RAPPORT_LETTRES)} au plus ; à l’horloge, base comprise, "
            f"{format_number(mesure.rapport_horloge, 2)} fois."
        )

    def _tell_messages(self, nombre: int, en_json: bool) -> None:
        """Say what became of messages through faults and an outage; nobody gets any."""
        with leave_nothing():
            mesure = measure_messages(nombre, timezone.now())
        if en_json:
            self.stdout.write(
                json.dumps(asdict(mesure) | {"tient": mesure.tient}, ensure_ascii=False, indent=1)
            )
            return
        self.stdout.write(
            f"{count_of(mesure.messages, 'message')}, {mesure.tours} passages dont {PANNE_TOURS} en panne ; "
            f"fautes : {', '.join(f'{nom} {fois}' for nom, fois in mesure.fautes.items())}."
        )
        self.stdout.write(
            f"{mesure.envoyes} envoyés, {mesure.refuses} refusés, {mesure.non_distribues} non distribués, "
            f"{mesure.perdus} perdu ; {mesure.doubles} doubles pour {mesure.coupures_apres} coupures "
            f"après DATA : {'tient' if mesure.tient else 'NE TIENT PAS'}."
        )

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
