"""Makes, corrects, closes and reopens accounts."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction

from nouvea_sst.comptes.actions.sessions import end_liens, end_sessions
from nouvea_sst.comptes.enums import MotifFermeture, NatureDemande, Role
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import DemandeCompte, Utilisateur
from nouvea_sst.comptes.perms import refuse_own_account
from nouvea_sst.lib.versions import check_version

CHAMPS = ("first_name", "last_name", "fonction")
IDENTIFIANT_PRIS = "Un compte porte déjà cet identifiant."
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
def invite_compte(
    *,
    acteur: Utilisateur,
    maintenant: datetime.datetime,
    identifiant: str,
    role: str,
    champs: Mapping[str, str],
) -> Utilisateur:
    """Make an account without a password that waits for the chef de section. Raises ValidationError."""
    if Utilisateur.objects.filter(username__iexact=identifiant).exists():
        raise ValidationError({"identifiant": IDENTIFIANT_PRIS})
    compte = Utilisateur(
        username=identifiant.lower(), role=role, **{nom: champs[nom] for nom in CHAMPS if nom in champs}
    )
    compte.set_unusable_password()
    compte.full_clean(exclude=["password"])
    compte.save()
    put_in_group(compte=compte)
    ask_creation(acteur=acteur, compte=compte, maintenant=maintenant)
    record_act(acteur=acteur, acte="comptes.invite_compte", objet=compte)
    return compte


@transaction.atomic
def update_compte(
    *, acteur: Utilisateur, compte_id: int, version: int, champs: Mapping[str, str]
) -> list[str]:
    """Correct the name and function; return the fields changed. Raises VersionPerimee."""
    compte = Utilisateur.objects.select_for_update().get(pk=compte_id)
    check_version(compte, version)
    changes = [nom for nom in CHAMPS if getattr(compte, nom) != champs[nom]]
    if not changes:
        return []
    for nom in changes:
        setattr(compte, nom, champs[nom])
    compte.version += 1
    compte.save(update_fields=[*changes, "version"])
    record_act(acteur=acteur, acte="comptes.update_compte", objet=compte, champs=changes)
    return changes


@transaction.atomic
def disable_compte(
    *,
    acteur: Any,
    maintenant: datetime.datetime,
    compte_id: int,
    motif: MotifFermeture = MotifFermeture.DECISION,
) -> bool:
    """Disable an account and end its sessions at once; return whether it was open.

    Raises ValidationError for the last administrator, PermissionDenied for one's own account.
    """
    compte = lock_compte(compte_id=compte_id)
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
    record_act(
        acteur=acteur,
        acte="comptes.disable_compte",
        objet=compte,
        libelle=f"{compte} : {MotifFermeture(motif).label.lower()}",
    )
    return True


@transaction.atomic
def enable_compte(*, acteur: Utilisateur, maintenant: datetime.datetime, compte_id: int) -> bool:
    """Open a disabled account again, as it was; return whether it was closed.

    One that was never approved waits for the chef de section anew.
    """
    compte = lock_compte(compte_id=compte_id)
    refuse_own_account(acteur, compte)
    if compte.is_active:
        return False
    compte.is_active, compte.ferme_le, compte.motif_fermeture = True, None, ""
    compte.revenu_le = None
    compte.version += 1
    compte.save(update_fields=["is_active", "ferme_le", "motif_fermeture", "revenu_le", "version"])
    if compte.approuve_le is None:
        ask_creation(acteur=acteur, compte=compte, maintenant=maintenant)
    record_act(acteur=acteur, acte="comptes.enable_compte", objet=compte)
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


def ask_creation(*, acteur: Utilisateur, compte: Utilisateur, maintenant: datetime.datetime) -> None:
    """Ask the chef de section to approve this account, unless he was asked already."""
    DemandeCompte.objects.waiting().get_or_create(
        compte=compte,
        nature=NatureDemande.CREATION,
        defaults={"role": compte.role, "demandeur": acteur, "demandee_le": maintenant},
    )


def lock_compte(*, compte_id: int) -> Utilisateur:
    """Return the account, its row held until the end of the transaction."""
    return Utilisateur.objects.select_for_update().get(pk=compte_id)


def put_in_group(*, compte: Utilisateur) -> None:
    """Give the account the group of its role, and no other."""
    compte.groups.set([Group.objects.get(name=Role(compte.role).value)])


def keep_an_administrator(*, compte: Utilisateur) -> None:
    """Raise ValidationError if without this account nobody could administer any more."""
    # Held in one order, so that two administrators who close each other wait for one another.
    ouverts = Utilisateur.objects.select_for_update().filter(role=Role.ADMINISTRATEUR).order_by("pk")
    list(ouverts)
    administrateurs = Utilisateur.objects.administrators()
    if administrateurs.filter(pk=compte.pk).exists() and not administrateurs.exclude(pk=compte.pk).exists():
        raise ValidationError(DERNIER_ADMINISTRATEUR)
