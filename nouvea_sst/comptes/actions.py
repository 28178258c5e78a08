"""Acts on accounts: the only place that writes them."""

import datetime
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone

from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import FormulaireRecu, Utilisateur
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


@transaction.atomic
def create_compte(
    *,
    acteur: Any,
    identifiant: str,
    role: Role,
    mot_de_passe: str,
    prenom: str = "",
    nom: str = "",
    fonction: str = "",
) -> Utilisateur:
    """Make an account in the group of its role."""
    compte = Utilisateur.objects.create_user(
        identifiant, password=mot_de_passe, role=role, first_name=prenom, last_name=nom, fonction=fonction
    )
    compte.groups.add(Group.objects.get(name=Role(role).value))
    record_act(acteur=acteur, acte="comptes.create_compte", objet=compte)
    return compte


# Longer than any session lasts: a page older than that is asked to log in again and gets another token.
GARDE_FORMULAIRES = datetime.timedelta(days=3)


def forget_formulaires() -> int:
    """Drop the traces of forms that nobody can send again; a cleaning, no act: it leaves no journal line."""
    anciens = FormulaireRecu.objects.filter(recu_le__lt=timezone.now() - GARDE_FORMULAIRES)
    return anciens.delete()[0]
