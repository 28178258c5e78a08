"""Reference lists of the personnel file."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from agents.models import Collectivite, TypeAbsence, TypePosition
from nouvea_sst.comptes.journal import record_act

DONNEES = Path(__file__).parent.parent / "donnees"


@transaction.atomic
def load_types_absence(*, acteur: Any) -> int:
    """Add the absence types that are missing, by their legacy number. Return how many."""
    ajoutes = 0
    for ligne in json.loads((DONNEES / "types_absence.json").read_text(encoding="utf8")):
        ajoutes += TypeAbsence.objects.get_or_create(code=ligne["code"], defaults=ligne)[1]
    record_act(acteur=acteur, acte="agents.load_types_absence", libelle=f"{ajoutes} types ajoutés")
    return ajoutes


@transaction.atomic
def load_types_position(*, acteur: Any) -> int:
    """Add the types of administrative position that are missing, by their payroll code. Return how many."""
    ajoutes = 0
    lignes = json.loads((DONNEES / "types_position.json").read_text(encoding="utf8"))
    for ordre, ligne in enumerate(lignes, start=1):
        ajoutes += TypePosition.objects.get_or_create(code=ligne["code"], defaults={"ordre": ordre, **ligne})[
            1
        ]
    record_act(acteur=acteur, acte="agents.load_types_position", libelle=f"{ajoutes} types ajoutés")
    return ajoutes


@transaction.atomic
def load_collectivites(*, acteur: Any) -> int:
    """Add the employers that are missing, by their code. Return how many."""
    ajoutees = 0
    for ligne in json.loads((DONNEES / "collectivites.json").read_text(encoding="utf8")):
        ajoutees += Collectivite.objects.get_or_create(code=ligne["code"], defaults=ligne)[1]
    record_act(acteur=acteur, acte="agents.load_collectivites", libelle=f"{ajoutees} ajoutées")
    return ajoutees
