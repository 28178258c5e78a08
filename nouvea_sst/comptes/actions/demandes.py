"""What an administrator asks, what the chef de section decides, what the person may still refuse."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nouvea_sst.comptes.actions.avis import notify
from nouvea_sst.comptes.actions.comptes import (
    cancel_demandes,
    keep_an_administrator,
    lock_compte,
    lock_comptes,
    put_in_group,
)
from nouvea_sst.comptes.actions.effets import carry_out
from nouvea_sst.comptes.actions.sessions import end_liens
from nouvea_sst.comptes.enums import EtatDemande, MotifFermeture, NatureDemande, Role
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import DemandeCompte, Utilisateur
from nouvea_sst.comptes.perms import PROPRE_DEMANDE, can_decide, refuse_own_account
from nouvea_sst.comptes.querysets import DemandeQuerySet
from nouvea_sst.comptes.rules.approbation import A_OUVRIR_AVANT, AVIS, OUVERTURES, PLUSIEURS, delay_of
from nouvea_sst.comptes.rules.etats import DEMANDE
from nouvea_sst.lib.transitions import check_transition
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
    compte = lock_comptes(comptes=[compte_id])[compte_id]
    refuse_own_account(acteur, compte)
    if version is not None:
        check_version(compte, version)
    if role == compte.role:
        raise ValidationError({"role": "Le compte a déjà ce rôle."})
    if compte.role == Role.ADMINISTRATEUR:
        keep_an_administrator(compte=compte)
    attente = compte.demandes.waiting().filter(nature=NatureDemande.CREATION).first()
    if attente is not None:
        return _correct_creation(acteur, compte, attente, role, maintenant)
    demande = ask(acteur=acteur, compte=compte, nature=NatureDemande.ROLE, maintenant=maintenant, role=role)
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
    acteur: Utilisateur,
    compte: Utilisateur,
    attente: DemandeCompte,
    role: str,
    maintenant: datetime.datetime,
) -> DemandeCompte:
    """Ask anew for an account that never opened: whoever reads the old request decides nothing."""
    compte.role = role
    compte.version += 1
    compte.save(update_fields=["role", "version"])
    demande = ask(
        acteur=acteur,
        compte=compte,
        nature=NatureDemande.CREATION,
        maintenant=maintenant,
        precision=attente.precision,
    )
    end_liens(compte=compte, maintenant=maintenant)
    put_in_group(compte=compte)
    record_act(acteur=acteur, acte="comptes.ask_role", objet=compte, champs=["role"])
    return demande


@transaction.atomic
def ask_reset(*, acteur: Utilisateur, maintenant: datetime.datetime, compte_id: int) -> DemandeCompte:
    """Ask for a new password of an account whose role needs two persons. Raises PermissionDenied."""
    compte = lock_compte(compte_id=compte_id)
    refuse_own_account(acteur, compte)
    attente = compte.demandes.unfinished().filter(nature=NatureDemande.REINITIALISATION).first()
    if attente is not None:
        return attente
    nature = NatureDemande.REINITIALISATION
    demande = ask(acteur=acteur, compte=compte, nature=nature, maintenant=maintenant)
    record_act(acteur=acteur, acte="comptes.ask_reset", objet=compte)
    return demande


def ask(
    *,
    acteur: Utilisateur,
    compte: Utilisateur,
    nature: NatureDemande,
    maintenant: datetime.datetime,
    role: str = "",
    cible: str = "",
    precision: str = "",
) -> DemandeCompte:
    """Open a request in the place of the unfinished one of its kind, and tell the person.

    An opening takes the place of any other: two would wait, and one of them would no longer be true. Of those
    of which several may wait, only the one that asks the same gives way.
    The account is locked and the right checked by whoever calls. `role`: the one asked, if another.
    """
    semblables = OUVERTURES if nature in OUVERTURES else {nature}
    precisement = {"cible": cible} if nature in PLUSIEURS else {}
    cancel_demandes(compte=compte, maintenant=maintenant, natures=semblables, **precisement)
    demande = DemandeCompte.objects.create(
        compte=compte,
        nature=nature,
        role=role or compte.role,
        demandeur=acteur,
        demandee_le=maintenant,
        cible=cible,
        precision=precision,
    )
    if (avis := AVIS[nature].demande) is not None:
        notify(compte=compte, nature=avis, maintenant=maintenant)
    return demande


@transaction.atomic
def approve_demandes(
    *, acteur: Utilisateur, maintenant: datetime.datetime, demandes: Iterable[int]
) -> list[DemandeCompte]:
    """Approve those that still wait and carry them out, those about care staff after a delay; return them.

    Raises PermissionDenied when one was asked by this person or is about him, ValidationError when one
    would leave no administrator, or is about an account that is not open: then none is approved.
    """
    comptes, attente = _lock(DemandeCompte.objects.waiting(), demandes)
    if not all(can_decide(acteur, demande) for demande in attente):
        raise PermissionDenied(PROPRE_DEMANDE)
    delai_soignants = datetime.timedelta(hours=settings.DELAI_SOIGNANTS_HEURES)
    for demande in attente:
        compte = comptes[demande.compte_id]
        _refuse_closed(demande, compte)
        delai = delay_of(demande.nature, (compte.role, demande.role), delai_soignants)
        demande.effet_le = maintenant + delai
        if not delai:
            carry_out(acteur=acteur, demande=demande, compte=compte, maintenant=maintenant)
        elif (avis := AVIS[NatureDemande(demande.nature)].accord) is not None:
            notify(compte=compte, nature=avis, maintenant=maintenant)
        _decide(demande, acteur, maintenant, EtatDemande.EN_DELAI if delai else EtatDemande.APPROUVEE)
    return attente


@transaction.atomic
def refuse_demande(*, acteur: Utilisateur, maintenant: datetime.datetime, demande_id: int) -> bool:
    """Refuse one that waits, or is approved and not in effect yet; return whether it was.

    An account that waited for it is then disabled. Raises PermissionDenied.
    """
    comptes, inachevees = _lock(DemandeCompte.objects.unfinished(), [demande_id])
    for demande in inachevees:
        if not can_decide(acteur, demande):
            raise PermissionDenied(PROPRE_DEMANDE)
        _decide(demande, acteur, maintenant, EtatDemande.REFUSEE)
        if demande.nature in OUVERTURES:
            compte = comptes[demande.compte_id]
            compte.is_active, compte.ferme_le = False, maintenant
            compte.motif_fermeture = MotifFermeture.REFUS
            compte.save(update_fields=["is_active", "ferme_le", "motif_fermeture"])
            end_liens(compte=compte, maintenant=maintenant)
            cancel_demandes(compte=compte, maintenant=maintenant, natures=NatureDemande)
        return True
    return False


@transaction.atomic
def oppose_demande(*, acteur: Utilisateur, maintenant: datetime.datetime, demande_id: int) -> bool:
    """Refuse what was approved about one's own account and is not in effect yet; return whether it was."""
    _, contestees = _lock(DemandeCompte.objects.may_be_opposed_by(acteur), [demande_id])
    for demande in contestees:
        _decide(demande, acteur, maintenant, EtatDemande.REFUSEE)
    return bool(contestees)


def _lock(
    choix: DemandeQuerySet, demandes: Iterable[int]
) -> tuple[dict[int, Utilisateur], list[DemandeCompte]]:
    """Return those of the choice, openings first, and their accounts: accounts are held before requests."""
    cles = list(demandes)
    de_qui = choix.filter(pk__in=cles).order_by().values_list("compte_id", flat=True)
    comptes = lock_comptes(comptes=de_qui)
    tenues = choix.filter(pk__in=cles, compte__in=comptes).select_related("compte", "demandeur")
    lues = list(tenues.select_for_update(of=("self",)).order_by("pk"))
    return comptes, sorted(lues, key=lambda demande: demande.nature not in OUVERTURES)


def _refuse_closed(demande: DemandeCompte, compte: Utilisateur) -> None:
    """Raise ValidationError for what the person could not refuse, his account not being open."""
    ouvert = compte.is_active and compte.approuve_le is not None
    if demande.nature in A_OUVRIR_AVANT and not ouvert:
        raise ValidationError(f"Le compte de {compte} n’est pas ouvert : approuvez d’abord son ouverture.")


def _decide(
    demande: DemandeCompte, acteur: Utilisateur, maintenant: datetime.datetime, etat: EtatDemande
) -> None:
    check_transition(DEMANDE, EtatDemande(demande.etat), etat, "Cette demande")
    demande.etat, demande.decideur, demande.decidee_le = etat, acteur, maintenant
    demande.save(update_fields=["etat", "decideur", "decidee_le", "effet_le"])
    record_act(
        acteur=acteur,
        acte=f"comptes.demande_{etat.value}",
        objet=demande.compte,
        libelle=f"{demande} ({Role(demande.role).label})",
    )
