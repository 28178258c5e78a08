"""Loads the reference data that every installation needs."""

import datetime
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import holidays
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Replace

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.referentiel.cles import seeds
from nouvea_sst.referentiel.enums import NatureJour
from nouvea_sst.referentiel.models import JourFerie, Parametre, Texte

FERIE_LEGAL = "Jours fériés légaux de Nouvelle-Calédonie, calculés pour chaque année"
TEXTES = Path(__file__).parents[1] / "donnees" / "textes.json"


@transaction.atomic
def load_parametres(*, acteur: Any) -> int:
    """Add the seed values that are missing; a value typed on screen is never overwritten. Return how many."""
    ajoutes = 0
    textes = _load_textes()
    for ligne in seeds():
        valeurs = {
            "libelle": ligne["libelle"],
            "valeur": Decimal(str(ligne["valeur"])),
            "unite": ligne["unite"],
            "source": ligne["source"],
            "fiabilite": ligne["fiabilite"],
            "texte": textes.get(ligne.get("texte", "")),
        }
        parametre, cree = Parametre.objects.kept().get_or_create(
            code=ligne["code"], date_effet=datetime.date.fromisoformat(ligne["date_effet"]), defaults=valeurs
        )
        if parametre.source == ligne["source"] and parametre.texte is None and valeurs["texte"] is not None:
            parametre.texte = valeurs["texte"]
            parametre.save(update_fields=["texte"])
        ajoutes += cree
    record_act(acteur=acteur, acte="referentiel.load_parametres", libelle=f"{ajoutes} valeurs ajoutées")
    return ajoutes


def _load_textes() -> dict[str, Texte]:
    """Add the texts of the seed that are missing. Return all by reference."""
    for ligne in json.loads(TEXTES.read_text(encoding="utf8")):
        Texte.objects.get_or_create(reference=ligne["reference"], defaults=ligne)
    return {texte.reference: texte for texte in Texte.objects.all()}


@transaction.atomic
def load_jours_feries(*, acteur: Any, annees: range) -> int:
    """Add the public holidays of New Caledonia for these years. Return how many were missing."""
    calendrier = holidays.country_holidays("NC", years=annees, language="fr")
    connus = set(JourFerie.objects.values_list("date", flat=True))
    manquants = sorted((jour, nom) for jour, nom in calendrier.items() if jour not in connus)
    nouveaux = [
        JourFerie(date=jour, libelle=nom.replace("'", "’"), source=FERIE_LEGAL) for jour, nom in manquants
    ]
    JourFerie.objects.bulk_create(nouveaux)
    # Rows of an older installation: without their source, and « Jour de l'an ».
    JourFerie.objects.filter(nature=NatureJour.FERIE, source="").update(source=FERIE_LEGAL)
    droites = JourFerie.objects.filter(libelle__contains="'")
    droites.update(libelle=Replace("libelle", Value("'"), Value("’")))
    record_act(acteur=acteur, acte="referentiel.load_jours_feries", libelle=f"{len(nouveaux)} jours ajoutés")
    return len(nouveaux)
