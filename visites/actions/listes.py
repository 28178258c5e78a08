"""Loads the catalogue of motives, restrictions and former words, and the rules of visits."""

import datetime
import json
from pathlib import Path
from typing import Any

from django.db import transaction

from agents.models import TypeExigence
from nouvea_sst.comptes.journal import record_act
from visites.models import (
    MotClinique,
    Motif,
    MotifExcuse,
    Orientation,
    Recommandation,
    RegleVisite,
    TypeInaptitude,
    TypeRestriction,
)

# The rules of the former software hold since long: an old due date is explained by them too.
DEPUIS = datetime.date(2000, 1, 1)
SOURCE_LEXIQUE = "Liste de départ de la section, à compléter par le médecin"
DONNEES = Path(__file__).parents[1] / "donnees"
PAR_LIBELLE = (
    (TypeRestriction, "restrictions.json"),
    (Recommandation, "recommandations.json"),
    (TypeInaptitude, "types_inaptitude.json"),
    (MotifExcuse, "motifs_excuse.json"),
    (Orientation, "orientations.json"),
)


@transaction.atomic
def load_listes(*, acteur: Any) -> int:
    """Add the entries of the catalogue that are missing. Return how many."""
    ajoutes = 0
    for ligne in json.loads((DONNEES / "motifs.json").read_text(encoding="utf8")):
        ajoutes += Motif.objects.get_or_create(code=ligne["code"], defaults=ligne)[1]
    exigences = dict(TypeExigence.objects.values_list("code", "pk"))
    for modele, fichier in PAR_LIBELLE:
        for ligne in json.loads((DONNEES / fichier).read_text(encoding="utf8")):
            if "exigence" in ligne:
                ligne["exigence_id"] = exigences.get(ligne.pop("exigence"))
            ajoutes += modele._default_manager.get_or_create(libelle=ligne["libelle"], defaults=ligne)[1]
    ajoutes += _load_lexique()
    record_act(acteur=acteur, acte="visites.load_listes", libelle=f"{ajoutes} lignes ajoutées")
    return ajoutes


def _load_lexique() -> int:
    """Add the words of the seed that are missing; one put aside or corrected on screen stays so."""
    connus = set(MotClinique.objects.values_list("libelle", flat=True))
    lexique = json.loads((DONNEES / "lexique.json").read_text(encoding="utf8"))
    manquants = [
        MotClinique(libelle=mot, genre=genre, debut=forme == "debuts", source=SOURCE_LEXIQUE)
        for genre, formes in lexique.items()
        for forme, mots in formes.items()
        for mot in mots
        if mot not in connus
    ]
    MotClinique.objects.bulk_create(manquants)
    return len(manquants)


@transaction.atomic
def load_regles(*, acteur: Any) -> int:
    """Add the rules of the seed that have no version yet; one changed on screen stays. Return how many."""
    motifs = dict(Motif.objects.values_list("code", "pk"))
    connus = set(RegleVisite.objects.values_list("declencheur", flat=True))
    lignes = json.loads((DONNEES / "regles.json").read_text(encoding="utf8"))
    manquantes = [
        RegleVisite(
            motif_id=motifs[ligne["motif"]],
            date_effet=DEPUIS,
            **{champ: valeur for champ, valeur in ligne.items() if champ != "motif"},
        )
        for ligne in lignes
        if ligne["declencheur"] not in connus
    ]
    RegleVisite.objects.bulk_create(manquantes)
    record_act(acteur=acteur, acte="visites.load_regles", libelle=f"{len(manquantes)} règles ajoutées")
    return len(manquantes)
