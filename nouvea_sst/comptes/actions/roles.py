"""Brings the groups in line with the matrix."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.roles import DROITS


@transaction.atomic
def sync_roles(*, acteur: Any) -> int:
    """Bring the twelve groups in line with the matrix; return the number of rights that changed.

    Raises LookupError when the matrix names a codename that no model declares.
    """
    connus = {
        f"{p.content_type.app_label}.{p.codename}": p
        for p in Permission.objects.select_related("content_type")
    }
    inconnus = sorted({d for droits in DROITS.values() for d in droits} - set(connus))
    if inconnus:
        raise LookupError(f"Droits absents des modèles : {', '.join(inconnus)}")
    changes = 0
    for role in Role:
        groupe, _ = Group.objects.get_or_create(name=role.value)
        voulus = {connus[droit].pk for droit in DROITS[role]}
        presents = set(groupe.permissions.values_list("pk", flat=True))
        if voulus != presents:
            groupe.permissions.set(voulus)
            changes += len(voulus ^ presents)
    if changes:
        record_act(acteur=acteur, acte="comptes.sync_roles", libelle=f"{changes} droits changés")
    return changes
