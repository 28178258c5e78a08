"""Loads the reference data that every installation needs. May be run again: it only adds what is missing."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from agents.actions import (
    load_collectivites,
    load_droits_maladie,
    load_types_absence,
    load_types_exigence,
    load_types_exposition,
    load_types_position,
)
from documents.actions import load_entete, load_modeles
from nouvea_sst.imports.actions import load_profils
from nouvea_sst.referentiel.actions import load_jours_feries, load_parametres
from signalements.actions import load_listes as load_listes_accidents
from visites.actions import load_listes, load_regles


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
            "droits à maladie": load_droits_maladie(acteur=None),
            "positions administratives": load_types_position(acteur=None),
            "expositions": load_types_exposition(acteur=None),
            "exigences des postes": load_types_exigence(acteur=None),
            "motifs et restrictions": load_listes(acteur=None),
            "règles de visite": load_regles(acteur=None),
            "listes des accidents": load_listes_accidents(acteur=None),
            "en-tête": load_entete(acteur=None),
            "lettres types": load_modeles(acteur=None, maintenant=timezone.now()),
            "profils d’import": load_profils(acteur=None),
        }
        self.stdout.write(" · ".join(f"{nombre} {nom}" for nom, nombre in ajouts.items()))
