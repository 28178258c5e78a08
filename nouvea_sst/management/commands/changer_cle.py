"""Adds a key of encryption, brings what is sealed under it, takes the older ones away."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nouvea_sst.comptes.actions.cles import RetraitImpossible, bring_under_key, open_key, retire_keys
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.classes import Classe
from nouvea_sst.lib.rotation import BilanRotation, closed_values
from nouvea_sst.lib.scelles import Colonne, sealed_columns
from nouvea_sst.lib.trousseau import CHIFFREES, CleManquante, file_of


class Command(BaseCommand):
    """changer_cle [--nouvelle | --verifier | --retirer] [M2 M1 Y1 H2]"""

    help = (
        "Remet ce qui est chiffré sous la dernière clé de sa classe, par lots : coupée n’importe où, "
        "la commande se relance et reprend où elle en était."
    )
    # The first keys are made by this very command.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the steps; without any, the values are brought under the last key."""
        parser.add_argument(
            "classes", nargs="*", metavar="CLASSE", help=f"{', '.join(CHIFFREES)} ; toutes à défaut"
        )
        etapes = parser.add_mutually_exclusive_group()
        etapes.add_argument(
            "--nouvelle", action="store_true", help="ajoute d’abord une clé, qui chiffre dès lors"
        )
        etapes.add_argument(
            "--verifier", action="store_true", help="ouvre tout, compte par clé, ne change rien"
        )
        etapes.add_argument(
            "--retirer", action="store_true", help="ôte les anciennes clés si plus rien n’en dépend"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do one step for each class; fail with a French sentence."""
        for nom in options["classes"] or CHIFFREES:
            if nom not in CHIFFREES:
                raise CommandError(f"« {nom} » n’est pas une classe chiffrée : {', '.join(CHIFFREES)}.")
            try:
                self._do(Classe(nom), options)
            except CleManquante as erreur:
                raise CommandError(str(erreur)) from None
            except RetraitImpossible as erreur:
                self._fail(erreur.phrases, "Aucune clé n’a été ôtée.")

    def _do(self, classe: Classe, options: dict[str, Any]) -> None:
        colonnes = sealed_columns(classe=classe)
        if options["nouvelle"]:
            premiere = not file_of(classe).exists()
            self.stdout.write(f"{classe} : clé {open_key(acteur=None, classe=classe)} ajoutée.")
            if premiere:
                return
        if options["retirer"]:
            otees = retire_keys(acteur=None, classe=classe, colonnes=colonnes)
            self.stdout.write(f"{classe} : clés ôtées : {', '.join(otees) or 'aucune'}.")
        elif not options["verifier"]:
            bilans = bring_under_key(acteur=None, classe=classe, colonnes=colonnes, dire=self._tell_lot)
            fermees = [phrase for bilan in bilans for phrase in bilan.fermees]
            if fermees:
                self._fail(fermees, "Elles sont restées telles quelles.")
        self._count(colonnes)
        if options["verifier"] and (fermees := closed_values(colonnes)):
            self._fail(fermees, "Rien n’a été changé.")

    def _tell_lot(self, colonne: Colonne, bilan: BilanRotation) -> None:
        self.stdout.write(f"{colonne} : {count_of(bilan.refaites, 'valeur')} sous la nouvelle clé…")

    def _count(self, colonnes: list[Colonne]) -> None:
        for colonne in colonnes:
            for nom, nombre in sorted(colonne.keys_in_use().items()):
                self.stdout.write(f"{colonne} : {count_of(nombre, 'valeur')} sous la clé {nom}")

    def _fail(self, phrases: list[str], suite: str) -> None:
        for phrase in phrases[:20]:
            self.stderr.write(phrase)
        raise CommandError(f"{count_of(len(phrases), 'défaut')}. {suite}")
