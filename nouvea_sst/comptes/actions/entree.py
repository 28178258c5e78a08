"""Log-ins and log-outs: who came in, who could not, how long he waits."""

import datetime
import hashlib

from django.db import transaction

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import EssaiConnexion, Utilisateur
from nouvea_sst.comptes.rules.essais import (
    PAR_COMPTE,
    PAR_POSTE,
    is_forgotten,
    is_known,
    network_of,
    wait_left,
)
from nouvea_sst.comptes.rules.identifiant import plain_name
from nouvea_sst.comptes.rules.sessions import MOTIFS


def print_of(*, identifiant: str, adresse: str = "") -> str:
    """Return the hash under which attempts of a name are counted, known or not, from one address or all."""
    return hashlib.sha256(f"{plain_name(identifiant)}\n{network_of(adresse)}".encode()).hexdigest()


@transaction.atomic
def note_attempt(*, identifiant: str, adresse: str, maintenant: datetime.datetime) -> datetime.timedelta:
    """Count an attempt before its password is looked at; return the wait that refuses it, or nothing.

    Counted first, so that attempts sent at the same time are all counted. note_login takes it back.
    """
    cles = [print_of(identifiant=identifiant, adresse=adresse), print_of(identifiant=identifiant)]
    poste, partout = _lock_essais(cles, maintenant)
    attente = wait_left(poste.echecs, PAR_POSTE, poste.dernier_le, maintenant)
    if not is_known(poste.reussi_le, maintenant):
        attente = max(attente, wait_left(partout.echecs, PAR_COMPTE, partout.dernier_le, maintenant))
    if attente:
        return attente
    for essai in (poste, partout):
        essai.echecs, essai.dernier_le = essai.echecs + 1, maintenant
        essai.save(update_fields=["echecs", "dernier_le"])
    return attente


def _lock_essais(empreintes: list[str], maintenant: datetime.datetime) -> list[EssaiConnexion]:
    """Return the counts of these hashes, their rows held; failures that are too old count no more."""
    # What is there already is written over with itself: that alone holds it, in one order, whoever deletes.
    EssaiConnexion.objects.bulk_create(
        [EssaiConnexion(empreinte=empreinte, dernier_le=maintenant) for empreinte in sorted(empreintes)],
        update_conflicts=True,
        unique_fields=["empreinte"],
        update_fields=["empreinte"],
    )
    tenus = EssaiConnexion.objects.filter(empreinte__in=empreintes)
    essais = {essai.empreinte: essai for essai in tenus}
    for essai in essais.values():
        if is_forgotten(essai.dernier_le, maintenant):
            essai.echecs = 0
    return [essais[empreinte] for empreinte in empreintes]


@transaction.atomic
def note_failed_login(*, identifiant: str) -> None:
    """Record a failed log-in: the account if there is one, never what was typed."""
    compte = Utilisateur.objects.named(identifiant)
    mots = str(compte) if compte else "Identifiant inconnu"
    record_act(acteur=None, acte="comptes.login_failed", objet=compte, libelle=mots)


@transaction.atomic
def note_login(*, compte: Utilisateur, adresse: str, maintenant: datetime.datetime) -> None:
    """Record a log-in, forget the failures before it, and know its address for the account's own."""
    cles = [print_of(identifiant=compte.username, adresse=adresse), print_of(identifiant=compte.username)]
    poste, partout = _lock_essais(cles, maintenant)
    poste.reussi_le = maintenant
    for essai in (poste, partout):
        essai.echecs, essai.dernier_le = 0, maintenant
        essai.save(update_fields=["echecs", "dernier_le", "reussi_le"])
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
