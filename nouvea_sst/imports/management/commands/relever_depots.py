"""Has the nightly feed pass now, or says what it would do."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from nouvea_sst.imports.actions import Bilan, ReleveEnCours, ReleveEteinte, run_releve
from nouvea_sst.imports.models import FichierReleve
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.pannes import word_failure


class Command(BaseCommand):
    """relever_depots"""

    help = (
        "Prend les fichiers du dossier surveillé : applique ceux que rien ne retient, laisse les autres à "
        "une personne."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--simuler", action="store_true", help="n’écrit et ne déplace rien")
        parser.add_argument("--json", action="store_true", dest="en_json", help="résultat en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Pass, or say in one sentence why not and leave with 1."""
        try:
            bilan = run_releve(acteur=None, jour=timezone.localdate(), simuler=options["simuler"])
        except ReleveEteinte:
            self._refuse(f"La relève est éteinte : le dossier {settings.DEPOTS} n’existe pas.")
        except ReleveEnCours:
            self._refuse("Une autre relève est en cours.")
        except OSError as erreur:
            self._refuse(
                f"Le dossier {settings.DEPOTS} ne se lit ou ne s’écrit pas : {word_failure(erreur)}."
            )
        else:
            resultat = as_result(bilan) | {"simulation": options["simuler"]}
            texte = json.dumps(resultat, ensure_ascii=False) if options["en_json"] else as_text(resultat)
            self.stdout.write(texte)

    def _refuse(self, phrase: str) -> None:
        self.stderr.write(phrase)
        sys.exit(1)


def as_result(bilan: Bilan) -> dict[str, Any]:
    """What the command prints of a passage."""
    return {
        "fichiers": [as_row(fichier) for fichier in bilan.fichiers],
        "en_ecriture": bilan.en_ecriture,
        "dossiers_laisses": bilan.dossiers,
    }


def as_row(fichier: FichierReleve) -> dict[str, Any]:
    """One file: its target, what became of it and why, its rows."""
    depot = fichier.depot
    nombres = depot.bilan if depot else {}
    return {
        "nom": fichier.nom,
        "cible": depot.cible if depot else "",
        "issue": fichier.issue,
        "motif": fichier.motif,
        **{nom: nombres.get(nom, 0) for nom in ("lignes", "crees", "modifies", "inchanges", "refuses")},
    }


def as_text(resultat: dict[str, Any]) -> str:
    """Say in French what became of each file."""
    if not resultat["fichiers"]:
        lignes = ["Aucun fichier à prendre."]
    else:
        lignes = [
            f"{f['nom']} : {FichierReleve(issue=f['issue']).get_issue_display().lower()}. {f['motif']}"
            for f in resultat["fichiers"]
        ]
    if resultat["en_ecriture"]:
        lignes.append(f"{count_of(len(resultat['en_ecriture']), 'fichier')} encore en cours d’écriture.")
    if resultat["dossiers_laisses"]:
        noms = ", ".join(resultat["dossiers_laisses"])
        lignes.append(f"Sous-dossiers laissés sur place, rien n’y est lu : {noms}.")
    if resultat["simulation"]:
        lignes.append("Simulation : rien n’a été écrit ni déplacé.")
    return "\n".join(lignes)
