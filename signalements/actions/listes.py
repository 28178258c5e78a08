"""Loads the small lists that describe an accident."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from nouvea_sst.comptes.journal import record_act
from signalements.models import MaladieProfessionnelle, SiegeLesion, TypeAccident

DONNEES = Path(__file__).parents[1] / "donnees"
LISTES = (
    (TypeAccident, "types_accident.json", "libelle"),
    (SiegeLesion, "sieges_lesion.json", "libelle"),
    (MaladieProfessionnelle, "maladies_professionnelles.json", "code"),
)


@transaction.atomic
def load_listes(*, acteur: Any) -> int:
    """Add the entries of the catalogue that are missing. Return how many."""
    ajoutees = 0
    for modele, fichier, cle in LISTES:
        for ligne in json.loads((DONNEES / fichier).read_text(encoding="utf8")):
            ajoutees += modele._default_manager.get_or_create(**{cle: ligne[cle]}, defaults=ligne)[1]
    record_act(acteur=acteur, acte="signalements.load_listes", libelle=f"{ajoutees} lignes ajoutées")
    return ajoutees
