"""Acts on accounts in the words of the tests: an administrator asks, a chef approves, now unless said."""

import datetime

from django.utils import timezone

from nouvea_sst.comptes.actions import (
    approve_demandes,
    disable_compte,
    enable_compte,
    invite_compte,
    update_compte,
)
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import AvisCompte
from tests.fabriques import compte

JOUR = datetime.timedelta(days=1)
HEURE = datetime.timedelta(hours=1)


def invite(acteur=None, role=Role.MEDECIN, identifiant="904999", **champs):
    """Make an account that waits for its approval."""
    return invite_compte(
        acteur=acteur or compte("administrateur"),
        maintenant=timezone.now(),
        identifiant=identifiant,
        role=role,
        champs={"last_name": "Wanakaja", "first_name": "Lise", "fonction": ""} | champs,
    )


def approve(*demandes, quand=None, par=None):
    """Approve them together; return those that still waited."""
    return approve_demandes(
        acteur=par or compte("chef"),
        maintenant=quand or timezone.now(),
        demandes=[demande.pk for demande in demandes],
    )


def correct(cible, acteur=None, **champs):
    """Correct some of what an account is; return the fields changed at once."""
    cible.refresh_from_db()
    donnes = {nom: getattr(cible, nom) for nom in ("first_name", "last_name", "fonction", "email")}
    return update_compte(
        acteur=acteur or compte("administrateur"),
        maintenant=timezone.now(),
        compte_id=cible.pk,
        version=cible.version,
        champs=donnes | champs,
    )


def close(cible, acteur=None):
    """Disable an account."""
    return disable_compte(
        acteur=acteur or compte("administrateur"), maintenant=timezone.now(), compte_id=cible.pk
    )


def reopen(cible, acteur=None):
    """Open a disabled account again, or ask for it."""
    return enable_compte(
        acteur=acteur or compte("administrateur"), maintenant=timezone.now(), compte_id=cible.pk
    )


def told(personne):
    """What the person was told, the latest first."""
    return [avis.nature for avis in AvisCompte.objects.filter(compte=personne)]
