"""Acts on reference data."""

import datetime
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import holidays
from django.db import transaction

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.referentiel.models import JourFerie, Parametre

GRAINES = Path(__file__).parent / "donnees" / "parametres.json"


@transaction.atomic
def load_parametres(*, acteur: Any) -> int:
    """Add the seed values that are missing; a value typed on screen is never overwritten. Return how many."""
    ajoutes = 0
    for ligne in json.loads(GRAINES.read_text(encoding="utf8")):
        valeurs = {
            "libelle": ligne["libelle"],
            "valeur": Decimal(str(ligne["valeur"])),
            "unite": ligne["unite"],
            "source": ligne["source"],
            "fiabilite": ligne["fiabilite"],
        }
        _, cree = Parametre.objects.get_or_create(
            code=ligne["code"], date_effet=datetime.date.fromisoformat(ligne["date_effet"]), defaults=valeurs
        )
        ajoutes += cree
    record_act(acteur=acteur, acte="referentiel.load_parametres", libelle=f"{ajoutes} valeurs ajoutées")
    return ajoutes


@transaction.atomic
def load_jours_feries(*, acteur: Any, annees: range) -> int:
    """Add the public holidays of New Caledonia for these years. Return how many were missing."""
    calendrier = holidays.country_holidays("NC", years=annees, language="fr")
    connus = set(JourFerie.objects.values_list("date", flat=True))
    nouveaux = [
        JourFerie(date=jour, libelle=nom) for jour, nom in sorted(calendrier.items()) if jour not in connus
    ]
    JourFerie.objects.bulk_create(nouveaux)
    record_act(acteur=acteur, acte="referentiel.load_jours_feries", libelle=f"{len(nouveaux)} jours ajoutés")
    return len(nouveaux)
