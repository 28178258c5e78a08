"""Reference lists of the personnel file."""

import datetime
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from agents.models import Collectivite, DroitMaladie, TypeAbsence, TypeExigence, TypeExposition, TypePosition
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.imports.moteur.plan import LignePlan
from nouvea_sst.referentiel.enums import Domaine, Fiabilite
from nouvea_sst.referentiel.perms import refuse_change

SOURCE_EXPOSITIONS = "Avis d’aptitude demandé : réforme de 2020, d’après le SMIT (smit.nc/faq)"
SOURCE_EXIGENCES = "Liste de départ proposée, à confirmer par la section"
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


@transaction.atomic
def load_droits_maladie(*, acteur: Any) -> int:
    """Add the rows of the scale of sick-leave rights that are missing. Return how many."""
    ajoutees = 0
    for ligne in json.loads((DONNEES / "droits_maladie.json").read_text(encoding="utf8")):
        cle = {nom: ligne.pop(nom) for nom in ("groupe", "annees_moins_de")}
        if not DroitMaladie.objects.filter(**cle).exists():
            DroitMaladie.objects.create(**cle, **ligne)
            ajoutees += 1
    record_act(acteur=acteur, acte="agents.load_droits_maladie", libelle=f"{ajoutees} lignes ajoutées")
    return ajoutees


@transaction.atomic
def load_bareme(
    *,
    acteur: Any,
    jour: datetime.date,
    crees: Sequence[LignePlan],
    modifies: Sequence[LignePlan],
    contexte: Any,
    progress: Callable[[int], None],
) -> dict[str, int]:
    """Write the scale that the former software hands over: a practice of the city, no text.

    Raises PermissionDenied.
    """
    if acteur is not None:
        refuse_change(acteur, Domaine.METIER)
    source = {"source": "Barème de l’ancien logiciel, importé", "fiabilite": Fiabilite.USAGE}
    DroitMaladie.objects.bulk_create(
        DroitMaladie(**ligne.valeurs, **source, date_effet=contexte) for ligne in crees
    )
    changes = {ligne.pk: ligne.changements for ligne in modifies if ligne.pk is not None}
    connues = list(DroitMaladie.objects.select_for_update().filter(pk__in=list(changes)).order_by("pk"))
    for droit in connues:
        for nom, (_, nouveau) in changes[droit.pk].items():
            setattr(droit, nom, nouveau)
        for nom, valeur in source.items():
            setattr(droit, nom, valeur)
        droit.version += 1
        droit.save()
    progress(len(crees) + len(modifies))
    libelle = f"{len(crees)} lignes ajoutées, {len(modifies)} corrigées"
    record_act(acteur=acteur, acte="agents.load_bareme", libelle=libelle)
    return {}


@transaction.atomic
def load_types_exposition(*, acteur: Any) -> int:
    """Add the types of exposure that are missing, by their code. Return how many."""
    ajoutes = 0
    lignes = json.loads((DONNEES / "types_exposition.json").read_text(encoding="utf8"))
    for ordre, ligne in enumerate(lignes, start=1):
        faits = {"ordre": ordre, "source": SOURCE_EXPOSITIONS, **ligne}
        ajoutes += TypeExposition.objects.get_or_create(code=ligne["code"], defaults=faits)[1]
    record_act(acteur=acteur, acte="agents.load_types_exposition", libelle=f"{ajoutes} types ajoutés")
    return ajoutes


@transaction.atomic
def load_types_exigence(*, acteur: Any) -> int:
    """Add the kinds of demand that are missing, by their code. Return how many."""
    ajoutes = 0
    for ligne in json.loads((DONNEES / "types_exigence.json").read_text(encoding="utf8")):
        faits = {"source": SOURCE_EXIGENCES, **ligne}
        ajoutes += TypeExigence.objects.get_or_create(code=ligne["code"], defaults=faits)[1]
    record_act(acteur=acteur, acte="agents.load_types_exigence", libelle=f"{ajoutes} types ajoutés")
    return ajoutes
