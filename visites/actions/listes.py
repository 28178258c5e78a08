"""Loads the catalogue of motives and restrictions."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from nouvea_sst.comptes.journal import record_act
from visites.models import Motif, TypeRestriction

DONNEES = Path(__file__).parents[1] / "donnees"


@transaction.atomic
def load_listes(*, acteur: Any) -> int:
    """Add the motives and restrictions of the catalogue that are missing. Return how many."""
    ajoutes = 0
    for ligne in json.loads((DONNEES / "motifs.json").read_text(encoding="utf8")):
        ajoutes += Motif.objects.get_or_create(code=ligne["code"], defaults=ligne)[1]
    for ligne in json.loads((DONNEES / "restrictions.json").read_text(encoding="utf8")):
        ajoutes += TypeRestriction.objects.get_or_create(libelle=ligne["libelle"], defaults=ligne)[1]
    record_act(acteur=acteur, acte="visites.load_listes", libelle=f"{ajoutes} lignes ajoutées")
    return ajoutes
