"""Acts on what posts ask for."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from agents.models import ExigencePoste, Poste
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.versions import check_version


@transaction.atomic
def set_exigences(
    *, acteur: Any, poste_id: int, version: int, exigences: Mapping[int, tuple[str, Decimal | None]]
) -> Poste:
    """Replace the demands of a post by these, by kind: level and value, an empty level taking one away.

    A kind that is not named keeps what it has. Raises VersionPerimee.
    """
    poste = Poste.objects.select_for_update().get(pk=poste_id)
    check_version(poste, version)
    connues = {ligne.type_id: ligne for ligne in poste.exigences.all()}
    changees = []
    for type_id, (niveau, valeur) in exigences.items():
        ligne = connues.get(type_id)
        if not niveau:
            if ligne is not None:
                changees.append(type_id)
                ligne.delete()
        elif ligne is None:
            changees.append(type_id)
            ExigencePoste.objects.create(poste=poste, type_id=type_id, niveau=niveau, valeur=valeur)
        elif (ligne.niveau, ligne.valeur) != (niveau, valeur):
            changees.append(type_id)
            ligne.niveau, ligne.valeur = niveau, valeur
            ligne.save()
    if changees:
        poste.version += 1
        poste.save(update_fields=["version"])
        record_act(acteur=acteur, acte="agents.set_exigences", objet=poste)
    return poste
