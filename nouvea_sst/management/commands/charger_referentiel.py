"""Loads the reference data that every installation needs. May be run again: it only adds what is missing."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from agents.actions import load_collectivites, load_types_absence, load_types_position
from nouvea_sst.imports.actions import load_profils
from nouvea_sst.referentiel.actions import load_jours_feries, load_parametres
from visites.actions import load_listes


class Command(BaseCommand):
    """charger_referentiel"""

    help = "Charge les paramètres, jours fériés et listes ; ne remplace jamais une valeur existante."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load everything, and say how much was missing."""
        annee = timezone.localdate().year
        ajouts = {
            "paramètres": load_parametres(acteur=None),
            "jours fériés": load_jours_feries(acteur=None, annees=range(annee - 6, annee + 3)),
            "collectivités": load_collectivites(acteur=None),
            "types d’absence": load_types_absence(acteur=None),
            "positions administratives": load_types_position(acteur=None),
            "motifs et restrictions": load_listes(acteur=None),
            "profils d’import": load_profils(acteur=None),
        }
        self.stdout.write(" · ".join(f"{nombre} {nom}" for nom, nombre in ajouts.items()))
