"""Reference lists of the personnel file."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from agents.models import TypeAbsence
from nouvea_sst.comptes.journal import record_act

GRAINES = Path(__file__).parent.parent / "donnees" / "types_absence.json"


@transaction.atomic
def load_types_absence(*, acteur: Any) -> int:
    """Add the absence types that are missing, by their legacy number. Return how many."""
    ajoutes = 0
    for ligne in json.loads(GRAINES.read_text(encoding="utf8")):
        _, cree = TypeAbsence.objects.get_or_create(code=ligne["code"], defaults=ligne)
        ajoutes += cree
    record_act(acteur=acteur, acte="agents.load_types_absence", libelle=f"{ajoutes} types ajoutés")
    return ajoutes
