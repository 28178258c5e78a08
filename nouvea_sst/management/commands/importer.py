"""Brings a file in from the command line, or a folder of files named after what they hold."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from nouvea_sst.comptes.contexte import acting
from nouvea_sst.imports.actions import apply_import, deposit_import
from nouvea_sst.imports.cibles import targets
from nouvea_sst.imports.enums import EffetLigne
from nouvea_sst.imports.lecture.genre import check_name
from nouvea_sst.imports.lecture.refus import FichierIllisible
from nouvea_sst.imports.models import CorrespondanceValeur, Profil
from nouvea_sst.imports.moteur.analyse import Reglages
from nouvea_sst.imports.moteur.apercu import describe_counts
from nouvea_sst.imports.moteur.plan import ColonnesManquantes, Plan, build_plan
from nouvea_sst.imports.tasks import resume_waiting
from nouvea_sst.lib.affichage import count_of, format_number

REFUS_MONTRES = 20
NOMBRES = ("lignes", "crees", "modifies", "inchanges", "attentes")
CLES_REFUS = ("ligne", "colonne", "valeur", "motif")


class Command(BaseCommand):
    """importer CIBLE FICHIER, or importer DOSSIER"""

    help = (
        "Importe un fichier .csv, .tsv, .xlsx, .xls ou .ods, ou un dossier de fichiers qui portent le nom de "
        "leur cible : montre ce qui change et, sauf --simuler, l’applique."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare target, file and options."""
        cibles = ", ".join(sorted(targets()))
        parser.add_argument("cible", help=f"ce que le fichier contient ({cibles}), ou un dossier")
        parser.add_argument(
            "fichier", type=Path, nargs="?", help="le fichier .csv, .tsv, .xlsx, .xls ou .ods"
        )
        parser.add_argument("--profil", default="", help="nom d’un profil enregistré")
        parser.add_argument("--simuler", action="store_true", help="n’écrit rien")
        parser.add_argument("--json", action="store_true", dest="en_json", help="résultat en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, or say in one sentence why not and leave with 1."""
        if options["fichier"] is None:
            self._import_folder(Path(options["cible"]), options)
            return
        if options["cible"] not in targets():
            raise CommandError(
                f"« {options['cible']} » n’est pas une cible : {', '.join(sorted(targets()))}."
            )
        resultat, refus = self._import_file(options["cible"], options["fichier"], options)
        if resultat is None:
            self.stderr.write(refus)
            sys.exit(1)
        texte = json.dumps(resultat, ensure_ascii=False) if options["en_json"] else None
        self.stdout.write(texte or as_text(resultat, simulate=options["simuler"]))

    def _import_file(
        self, cible: str, chemin: Path, options: Mapping[str, Any]
    ) -> tuple[dict[str, Any] | None, str]:
        """Return what the import did, or nothing and why in one sentence."""
        try:
            return run_import(cible, chemin, options["profil"], simulate=options["simuler"]), ""
        except (FichierIllisible, ColonnesManquantes) as refus:
            return None, str(refus)
        except Profil.DoesNotExist:
            return None, f"Aucun profil ne s’appelle « {options['profil']} »."
        except OSError:
            return None, f"Le fichier {chemin} ne s’ouvre pas."

    def _import_folder(self, dossier: Path, options: Mapping[str, Any]) -> None:
        """Import the files of a folder, each by itself, those first that others point at.

        A file that cannot be read does not keep the others back; the command then ends with 1.
        """
        if not dossier.is_dir():
            raise CommandError(
                f"{dossier} n’est pas un dossier : donnez une cible et un fichier, ou un dossier."
            )
        codes = targets_by_name()
        ordre = list(targets())
        fichiers = sorted(chemin for chemin in dossier.iterdir() if chemin.is_file())
        nommes = (f for f in fichiers if f.stem in codes)
        connus = sorted(nommes, key=lambda f: ordre.index(codes[f.stem]))
        faits: dict[str, Any] = {}
        for chemin in connus:
            resultat, refus = self._import_file(codes[chemin.stem], chemin, options)
            faits[chemin.name] = resultat or {"illisible": refus}
            if not options["en_json"]:
                bilan = as_text(resultat, simulate=options["simuler"]) if resultat else refus
                self.stdout.write(f"{chemin.name} : {bilan}")
        sans_cible = [chemin.name for chemin in fichiers if chemin not in connus]
        if options["en_json"]:
            self.stdout.write(json.dumps({"fichiers": faits, "sans_cible": sans_cible}, ensure_ascii=False))
        elif sans_cible:
            self.stdout.write(
                f"Aucune cible ne porte le nom de {', '.join(sans_cible)} : rien n’en a été lu."
            )
        if not connus or any("illisible" in fait for fait in faits.values()):
            sys.exit(1)


def targets_by_name() -> dict[str, str]:
    """Return the code of each target by the name of its file: its own, or that of the former software."""
    anciens = {Path(cible.fichier).stem: code for code, cible in targets().items() if cible.fichier}
    return anciens | {code: code for code in targets()}


def run_import(cible: str, chemin: Path, profil: str, *, simulate: bool) -> dict[str, Any]:
    """Return the counts and the refused rows. Raises FichierIllisible, ColonnesManquantes, OSError."""
    jour, contenu = timezone.localdate(), chemin.read_bytes()
    check_name(chemin.name)
    if simulate:
        decrite = targets()[cible]
        reglages = Profil.objects.get(cible=cible, nom=profil).reglages if profil else Reglages()
        retenues = CorrespondanceValeur.objects.by_field(cible)
        return as_result(build_plan(decrite, contenu, reglages, jour, retenues=retenues))
    with transaction.atomic():
        depose = deposit_import(
            acteur=None, jour=jour, cible=cible, nom_fichier=chemin.name, contenu=contenu, profil=profil
        )
        if manque := depose.apercu["manque"]:
            raise ColonnesManquantes(manque)
        with acting(None):
            applique = apply_import(acteur=None, jour=jour, import_id=depose.pk)
    resume_waiting()
    refuses = (
        applique.lignes.filter(effet=EffetLigne.REFUSE)
        .order_by("numero")
        .values_list("numero", "colonne", "valeur", "motif")
    )
    return printed(
        applique.bilan,
        [dict(zip(CLES_REFUS, refus, strict=True)) for refus in refuses],
        applique.apercu["ecartees"],
    )


def as_result(plan: Plan) -> dict[str, Any]:
    """What the command prints of a plan."""
    return printed(plan.counts(), plan.refusals(), plan.left_aside())


def printed(
    nombres: Mapping[str, int], refuses: list[dict[str, Any]], ecartees: Sequence[Sequence[Any]]
) -> dict[str, Any]:
    """The counts and the refused rows; the reasons of those ignored, only where there are."""
    resultat: dict[str, Any] = {nom: nombres[nom] for nom in NOMBRES if nom in nombres}
    ignores = [{"motif": motif, "nombre": nombre} for motif, nombre in ecartees]
    return resultat | {"refuses": refuses} | ({"ignores": ignores} if ignores else {})


def as_text(resultat: dict[str, Any], *, simulate: bool) -> str:
    """Say the counts and the first refusals in French."""
    ignores = resultat.get("ignores", [])
    nombres = resultat | {
        "refuses": len(resultat["refuses"]),
        "ignores": sum(un["nombre"] for un in ignores),
    }
    lignes = [f"{count_of(resultat['lignes'], 'ligne')} : {describe_counts(nombres)}."]
    for refus in resultat["refuses"][:REFUS_MONTRES]:
        valeur = f" « {refus['valeur'][:60]} »" if refus["valeur"] else ""
        lignes.append(f"Ligne {refus['ligne']}, {refus['colonne']}{valeur} : {refus['motif']}")
    if len(resultat["refuses"]) > REFUS_MONTRES:
        lignes.append(f"… et {format_number(len(resultat['refuses']) - REFUS_MONTRES)} autres refus.")
    mots = "ligne ignorée,lignes ignorées"
    lignes += [f"{count_of(un['nombre'], mots)} : {un['motif']}" for un in ignores]
    if simulate:
        lignes.append("Simulation : rien n’a été écrit.")
    return "\n".join(lignes)
