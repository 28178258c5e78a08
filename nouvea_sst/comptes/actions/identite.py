"""Corrects who an account is."""

import datetime
from collections.abc import Mapping

from django.db import transaction

from nouvea_sst.comptes.actions.avis import notify
from nouvea_sst.comptes.actions.comptes import CHAMPS, lock_compte
from nouvea_sst.comptes.actions.demandes import ask
from nouvea_sst.comptes.actions.effets import write_address
from nouvea_sst.comptes.enums import NatureAvis, NatureDemande
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.comptes.perms import refuse_own_account
from nouvea_sst.comptes.rules.approbation import needs_two
from nouvea_sst.lib.versions import check_version


@transaction.atomic
def update_compte(
    *,
    acteur: Utilisateur,
    maintenant: datetime.datetime,
    compte_id: int,
    version: int,
    champs: Mapping[str, str],
) -> list[str]:
    """Correct the name, the function and the address; return the fields changed at once.

    The address of a role that needs two persons is only asked. Raises VersionPerimee, PermissionDenied for
    one's own address.
    """
    compte = lock_compte(compte_id=compte_id)
    check_version(compte, version)
    changes = [nom for nom in CHAMPS if getattr(compte, nom) != champs[nom]]
    for nom in changes:
        setattr(compte, nom, champs[nom])
    if champs.get("email", compte.email) != compte.email:
        changes += _change_address(acteur, compte, champs["email"], maintenant)
    if changes:
        compte.version += 1
        compte.save(update_fields=[*changes, "version"])
        record_act(acteur=acteur, acte="comptes.update_compte", objet=compte, champs=changes)
    return changes


def _change_address(
    acteur: Utilisateur, compte: Utilisateur, adresse: str, maintenant: datetime.datetime
) -> list[str]:
    """Ask for the address, or write it and tell the person at the old one; return what was written."""
    refuse_own_account(acteur, compte)
    jamais_ouvert = compte.demandes.waiting().filter(nature=NatureDemande.CREATION).exists()
    if not jamais_ouvert and needs_two(compte.role):
        ask(
            acteur=acteur,
            compte=compte,
            nature=NatureDemande.ADRESSE,
            maintenant=maintenant,
            cible=adresse,
            precision=adresse or "aucune adresse",
        )
        record_act(acteur=acteur, acte="comptes.ask_adresse", objet=compte, champs=["email"])
        return []
    notify(compte=compte, nature=NatureAvis.ADRESSE_CHANGEE, maintenant=maintenant)
    write_address(compte=compte, adresse=adresse, maintenant=maintenant)
    if jamais_ouvert:
        # Whoever reads the old request has not read this address: his approval decides nothing.
        nature = NatureDemande.CREATION
        ask(acteur=acteur, compte=compte, nature=nature, maintenant=maintenant, precision=adresse)
    return ["email"]
