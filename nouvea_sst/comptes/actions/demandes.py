"""What an administrator asks, and what the chef de section decides."""

import datetime
from collections.abc import Iterable, Mapping

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nouvea_sst.comptes.actions.comptes import keep_an_administrator, lock_compte, put_in_group
from nouvea_sst.comptes.actions.sessions import end_liens, end_sessions
from nouvea_sst.comptes.enums import EtatDemande, MotifFermeture, NatureDemande, Role
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import DemandeCompte, Utilisateur
from nouvea_sst.comptes.perms import PROPRE_DEMANDE, can_decide, refuse_own_account
from nouvea_sst.lib.versions import check_version


@transaction.atomic
def ask_role(
    *,
    acteur: Utilisateur,
    maintenant: datetime.datetime,
    compte_id: int,
    role: str,
    version: int | None = None,
) -> DemandeCompte:
    """Ask that an account change its role; it keeps the one it has until the chef de section approves.

    A later question takes the place of the one that waits, if it was asked knowing it.
    Raises ValidationError, PermissionDenied, VersionPerimee.
    """
    compte = lock_compte(compte_id=compte_id)
    refuse_own_account(acteur, compte)
    if version is not None:
        check_version(compte, version)
    if role == compte.role:
        raise ValidationError({"role": "Le compte a déjà ce rôle."})
    if compte.role == Role.ADMINISTRATEUR:
        keep_an_administrator(compte=compte)
    attente = compte.demandes.waiting().filter(nature=NatureDemande.CREATION).first()
    if attente is not None:
        return _correct_creation(acteur, compte, role, maintenant)
    demande = _ask(acteur, compte, NatureDemande.ROLE, role, maintenant)
    compte.version += 1
    compte.save(update_fields=["version"])
    record_act(
        acteur=acteur,
        acte="comptes.ask_role",
        objet=compte,
        libelle=f"{compte} : {Role(role).label}",
        champs=["role"],
    )
    return demande


def _correct_creation(
    acteur: Utilisateur, compte: Utilisateur, role: str, maintenant: datetime.datetime
) -> DemandeCompte:
    """Ask anew for an account that nobody has approved yet: whoever reads the old request decides nothing."""
    demande = _ask(acteur, compte, NatureDemande.CREATION, role, maintenant)
    compte.role = role
    compte.version += 1
    compte.save(update_fields=["role", "version"])
    end_liens(compte=compte, maintenant=maintenant)
    put_in_group(compte=compte)
    record_act(acteur=acteur, acte="comptes.ask_role", objet=compte, champs=["role"])
    return demande


@transaction.atomic
def ask_reset(*, acteur: Utilisateur, maintenant: datetime.datetime, compte_id: int) -> DemandeCompte:
    """Ask for a new password of an account whose role needs two persons. Raises PermissionDenied."""
    compte = lock_compte(compte_id=compte_id)
    refuse_own_account(acteur, compte)
    attente = compte.demandes.waiting().filter(nature=NatureDemande.REINITIALISATION).first()
    if attente is not None:
        return attente
    demande = DemandeCompte.objects.create(
        compte=compte,
        nature=NatureDemande.REINITIALISATION,
        role=compte.role,
        demandeur=acteur,
        demandee_le=maintenant,
    )
    record_act(acteur=acteur, acte="comptes.ask_reset", objet=compte)
    return demande


def _ask(
    acteur: Utilisateur, compte: Utilisateur, nature: str, role: str, maintenant: datetime.datetime
) -> DemandeCompte:
    """Open a request in the place of the one of its kind that waited."""
    attente = compte.demandes.waiting().filter(nature=nature)
    attente.update(etat=EtatDemande.ANNULEE, decidee_le=maintenant)
    return DemandeCompte.objects.create(
        compte=compte, nature=nature, role=role, demandeur=acteur, demandee_le=maintenant
    )


@transaction.atomic
def approve_demandes(
    *, acteur: Utilisateur, maintenant: datetime.datetime, demandes: Iterable[int]
) -> list[DemandeCompte]:
    """Approve those that still wait, and carry them out; return them.

    Raises PermissionDenied when one was asked by this person or is about him, ValidationError when one
    would leave no administrator: then none is approved.
    """
    attente = _lock(demandes)
    if not all(can_decide(acteur, demande) for demande in attente):
        raise PermissionDenied(PROPRE_DEMANDE)
    cles = {demande.compte_id for demande in attente}
    comptes = Utilisateur.objects.select_for_update().order_by("pk").in_bulk(cles)
    groupes = {groupe.name: groupe for groupe in Group.objects.filter(name__in=Role.values)}
    for demande in attente:
        _carry_out(demande, comptes[demande.compte_id], groupes, maintenant)
        _decide(demande, acteur, maintenant, EtatDemande.APPROUVEE)
    return attente


@transaction.atomic
def refuse_demande(*, acteur: Utilisateur, maintenant: datetime.datetime, demande_id: int) -> bool:
    """Refuse one; a new account is then disabled. Return whether it still waited. Raises PermissionDenied."""
    for demande in _lock([demande_id]):
        if not can_decide(acteur, demande):
            raise PermissionDenied(PROPRE_DEMANDE)
        if demande.nature == NatureDemande.CREATION:
            compte = lock_compte(compte_id=demande.compte_id)
            compte.is_active, compte.ferme_le = False, maintenant
            compte.motif_fermeture = MotifFermeture.REFUS
            compte.save(update_fields=["is_active", "ferme_le", "motif_fermeture"])
            end_liens(compte=compte, maintenant=maintenant)
        _decide(demande, acteur, maintenant, EtatDemande.REFUSEE)
        return True
    return False


def _lock(demandes: Iterable[int]) -> list[DemandeCompte]:
    """Return those that wait, their rows held in one order."""
    attente = DemandeCompte.objects.waiting().filter(pk__in=list(demandes)).select_related("compte")
    return list(attente.select_for_update(of=("self",)).order_by("pk"))


def _carry_out(
    demande: DemandeCompte, compte: Utilisateur, groupes: Mapping[str, Group], maintenant: datetime.datetime
) -> None:
    """Do what was asked; a new password waits for the administrator to make its link."""
    if demande.nature == NatureDemande.CREATION:
        compte.approuve_le = maintenant
    elif demande.nature == NatureDemande.ROLE:
        if compte.role == Role.ADMINISTRATEUR:
            keep_an_administrator(compte=compte)
        compte.role = demande.role
        compte.groups.set([groupes[demande.role]])
        # What opened the old role, a link in hand or a session, does not open the new one.
        end_liens(compte=compte, maintenant=maintenant)
        end_sessions(compte=compte)
    compte.version += 1
    compte.save(update_fields=["approuve_le", "role", "version"])


def _decide(
    demande: DemandeCompte, acteur: Utilisateur, maintenant: datetime.datetime, etat: EtatDemande
) -> None:
    demande.etat, demande.decideur, demande.decidee_le = etat, acteur, maintenant
    demande.save(update_fields=["etat", "decideur", "decidee_le"])
    record_act(
        acteur=acteur,
        acte=f"comptes.demande_{etat.value}",
        objet=demande.compte,
        libelle=f"{demande} ({Role(demande.role).label})",
    )
