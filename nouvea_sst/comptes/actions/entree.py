"""Log-ins and log-outs: who came in, who could not, how long he waits."""

import datetime
import hashlib

from django.db import transaction

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import EssaiConnexion, Utilisateur
from nouvea_sst.comptes.rules.essais import is_forgotten, wait_left
from nouvea_sst.comptes.rules.sessions import MOTIFS


def print_of(*, identifiant: str) -> str:
    """Return the hash under which the attempts of a name are counted, known or not."""
    return hashlib.sha256(identifiant.strip().casefold().encode()).hexdigest()


@transaction.atomic
def note_attempt(*, identifiant: str, maintenant: datetime.datetime) -> datetime.timedelta:
    """Count an attempt before its password is looked at; return the wait that refuses it, or nothing.

    Counted first, so that attempts sent at the same time are all counted. note_login takes it back.
    """
    essai, _ = EssaiConnexion.objects.select_for_update().get_or_create(
        empreinte=print_of(identifiant=identifiant), defaults={"dernier_le": maintenant}
    )
    if is_forgotten(essai.dernier_le, maintenant):
        essai.echecs = 0
    attente = wait_left(essai.echecs, essai.dernier_le, maintenant)
    if attente:
        return attente
    essai.echecs, essai.dernier_le = essai.echecs + 1, maintenant
    essai.save(update_fields=["echecs", "dernier_le"])
    return attente


@transaction.atomic
def note_failed_login(*, identifiant: str) -> None:
    """Record a failed log-in: the account if there is one, never what was typed."""
    compte = Utilisateur.objects.filter(username__iexact=identifiant.strip()).first()
    mots = str(compte) if compte else "Identifiant inconnu"
    record_act(acteur=None, acte="comptes.login_failed", objet=compte, libelle=mots)


@transaction.atomic
def note_login(*, compte: Utilisateur) -> None:
    """Record a log-in and forget the failures before it."""
    EssaiConnexion.objects.filter(empreinte=print_of(identifiant=compte.username)).delete()
    record_act(acteur=compte, acte="comptes.login", objet=compte)


@transaction.atomic
def note_logout(*, compte: Utilisateur) -> None:
    """Record a log-out."""
    record_act(acteur=compte, acte="comptes.logout", objet=compte)


@transaction.atomic
def note_expiry(*, compte: Utilisateur, motif: str) -> None:
    """Record that the server ended a session, and why."""
    record_act(
        acteur=compte, acte="comptes.session_expired", objet=compte, libelle=f"Session close {MOTIFS[motif]}"
    )
