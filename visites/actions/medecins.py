"""Writes the names of the former software's doctors."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.imports.moteur.plan import LignePlan
from visites.models import MedecinRepris


@transaction.atomic
def load_medecins(
    *,
    acteur: Any,
    jour: datetime.date,
    crees: Sequence[LignePlan],
    modifies: Sequence[LignePlan],
    contexte: Any,
    progress: Callable[[int], None],
) -> dict[str, int]:
    """Write the accepted rows of a list of doctors, all or none; visits already here keep their names."""
    MedecinRepris.objects.bulk_create(
        MedecinRepris(code_ancien=ligne.valeurs["code_ancien"], libelle=ligne.valeurs["libelle"])
        for ligne in crees
    )
    nouveaux = {ligne.pk: ligne.valeurs["libelle"] for ligne in modifies if ligne.pk is not None}
    connus = list(MedecinRepris.objects.select_for_update().filter(pk__in=nouveaux).order_by("pk"))
    for medecin in connus:
        medecin.libelle = nouveaux[medecin.pk]
        medecin.version += 1
    MedecinRepris.objects.bulk_update(connus, ["libelle", "version"])
    progress(len(crees) + len(modifies))
    record_act(
        acteur=acteur, acte="visites.load_medecins", libelle=f"{len(crees)} créés, {len(modifies)} modifiés"
    )
    return {}
