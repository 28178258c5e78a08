"""Makes and closes accounts."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, Q, When

from nouvea_sst.comptes.actions.sessions import end_liens, end_sessions
from nouvea_sst.comptes.enums import EtatDemande, MotifFermeture, NatureDemande, Role
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.comptes.perms import refuse_own_account

CHAMPS = ("first_name", "last_name", "fonction")
DERNIER_ADMINISTRATEUR = (
    "C’est le dernier administrateur en activité : ouvrez d’abord le compte d’un autre administrateur."
)


@transaction.atomic
def create_compte(
    *,
    acteur: Any,
    maintenant: datetime.datetime,
    identifiant: str,
    role: Role,
    mot_de_passe: str,
    prenom: str = "",
    nom: str = "",
    fonction: str = "",
) -> Utilisateur:
    """Make an approved account in the group of its role: from the server, or for the demonstration."""
    compte = Utilisateur.objects.create_user(
        identifiant,
        password=mot_de_passe,
        role=role,
        first_name=prenom,
        last_name=nom,
        fonction=fonction,
        approuve_le=maintenant,
    )
    put_in_group(compte=compte)
    record_act(acteur=acteur, acte="comptes.create_compte", objet=compte)
    return compte


@transaction.atomic
def disable_compte(
    *,
    acteur: Any,
    maintenant: datetime.datetime,
    compte_id: int,
    motif: MotifFermeture = MotifFermeture.DECISION,
) -> bool:
    """Disable an account, end its sessions and what was asked for it; return whether it was open.

    Raises ValidationError for the last administrator, PermissionDenied for one's own account.
    """
    compte = lock_comptes(comptes=[compte_id])[compte_id]
    refuse_own_account(acteur, compte)
    if not compte.is_active:
        return False
    keep_an_administrator(compte=compte)
    compte.is_active, compte.ferme_le, compte.motif_fermeture = False, maintenant, motif
    compte.revenu_le = None
    compte.version += 1
    compte.save(update_fields=["is_active", "ferme_le", "motif_fermeture", "revenu_le", "version"])
    end_liens(compte=compte, maintenant=maintenant)
    end_sessions(compte=compte)
    cancel_demandes(compte=compte, maintenant=maintenant, natures=NatureDemande)
    record_act(
        acteur=acteur,
        acte="comptes.disable_compte",
        objet=compte,
        libelle=f"{compte} : {MotifFermeture(motif).label.lower()}",
    )
    return True


@transaction.atomic
def note_return(*, acteur: Any, jour: datetime.date, compte_id: int) -> bool:
    """Note that the agent of an account closed at his departure is back: an administrator will decide."""
    compte = lock_compte(compte_id=compte_id)
    if compte.is_active or compte.motif_fermeture != MotifFermeture.DEPART or compte.revenu_le:
        return False
    compte.revenu_le = jour
    compte.save(update_fields=["revenu_le"])
    record_act(acteur=acteur, acte="comptes.note_return", objet=compte)
    return True


def lock_compte(*, compte_id: int) -> Utilisateur:
    """Return the account, its row held until the end of the transaction.

    Not its key: a row that points at it, a request that it makes of another, does not wait.
    """
    return Utilisateur.objects.select_for_update(no_key=True).get(pk=compte_id)


def lock_comptes(*, comptes: Iterable[int]) -> dict[int, Utilisateur]:
    """Return these accounts and every administrator's, all held, administrators first, by key.

    For what may leave no administrator: two of them who close each other wait for one another, none for both.
    """
    autres = Case(When(role=Role.ADMINISTRATEUR, then=False), default=True)
    tenus = Utilisateur.objects.select_for_update(no_key=True)
    tenus = tenus.filter(Q(pk__in=list(comptes)) | Q(role=Role.ADMINISTRATEUR))
    return {compte.pk: compte for compte in tenus.order_by(autres, "pk")}


def cancel_demandes(
    *, compte: Utilisateur, maintenant: datetime.datetime, natures: Iterable[NatureDemande], **autres: str
) -> int:
    """Cancel the unfinished requests of these kinds about a locked account; return how many."""
    inachevees = compte.demandes.unfinished().filter(nature__in=list(natures), **autres)
    return inachevees.update(etat=EtatDemande.ANNULEE, decidee_le=maintenant)


def put_in_group(*, compte: Utilisateur) -> None:
    """Give the account the group of its role, and no other."""
    compte.groups.set(Group.objects.filter(name=Role(compte.role).value))


def keep_an_administrator(*, compte: Utilisateur) -> None:
    """Raise ValidationError if without this account nobody could administer any more.

    The accounts are held by lock_comptes: nobody else closes one meanwhile.
    """
    administrateurs = Utilisateur.objects.administrators()
    if administrateurs.filter(pk=compte.pk).exists() and not administrateurs.exclude(pk=compte.pk).exists():
        raise ValidationError(DERNIER_ADMINISTRATEUR)
