"""The ready profiles: how the files of the former software are read."""

from typing import Any

from django.db import transaction

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.imports.cibles import targets
from nouvea_sst.imports.models import Profil
from nouvea_sst.imports.moteur.reconnaissance import ready_columns, ready_name


@transaction.atomic
def load_profils(*, acteur: Any) -> int:
    """Add the ready profiles that are missing; one that was changed is never overwritten. Return how many."""
    ajoutes = 0
    for cible in targets().values():
        if cible.entetes:
            _, cree = Profil.objects.get_or_create(
                cible=cible.code, nom=ready_name(cible), defaults={"colonnes": ready_columns(cible)}
            )
            ajoutes += cree
    record_act(acteur=acteur, acte="imports.load_profils", libelle=f"{ajoutes} profils ajoutés")
    return ajoutes
