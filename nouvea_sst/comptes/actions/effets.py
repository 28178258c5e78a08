"""Does what was asked and approved: at once, or when its time has come."""

import datetime
import logging
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.module_loading import import_string

from nouvea_sst.comptes.actions.avis import notify
from nouvea_sst.comptes.actions.comptes import keep_an_administrator, lock_comptes, put_in_group
from nouvea_sst.comptes.actions.liens import open_lien
from nouvea_sst.comptes.actions.sessions import end_liens, end_sessions
from nouvea_sst.comptes.enums import EtatDemande, NatureDemande, Role
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import DemandeCompte, Utilisateur
from nouvea_sst.comptes.rules.approbation import AVIS, OUVERTURES

JOURNAL_TECHNIQUE = logging.getLogger(__name__)
A_REFAIRE = "qu’un administrateur le désactive, puis le réactive, pour une demande neuve."


def apply_due(*, acteur: Any, maintenant: datetime.datetime) -> int:
    """Carry out the approved requests whose time has come; return how many.

    One that can no longer be carried out is cancelled, with its line. One that fails is told in the technical
    log and tried again next time: the others do not wait for it.
    """
    faites = 0
    for cle in DemandeCompte.objects.due_at(maintenant).order_by("pk").values_list("pk", flat=True):
        try:
            faites += _apply_one(acteur, cle, maintenant)
        except Exception:
            JOURNAL_TECHNIQUE.exception("demande %s : sans effet", cle)
    return faites


@transaction.atomic
def _apply_one(acteur: Any, cle: int, maintenant: datetime.datetime) -> bool:
    """Carry one out, unless somebody refused it meanwhile."""
    compte_id = DemandeCompte.objects.values_list("compte_id", flat=True).get(pk=cle)
    compte = lock_comptes(comptes=[compte_id])[compte_id]
    dues = DemandeCompte.objects.due_at(maintenant).select_related("demandeur")
    demande = dues.select_for_update(of=("self",)).filter(pk=cle).first()
    if demande is None:
        return False
    try:
        with transaction.atomic():
            carry_out(acteur=acteur, demande=demande, compte=compte, maintenant=maintenant)
    except ValidationError:
        demande.etat = EtatDemande.ANNULEE
    else:
        demande.etat = EtatDemande.APPROUVEE
    demande.save(update_fields=["etat"])
    libelle = f"{demande} : {EtatDemande(demande.etat).label}"
    record_act(acteur=acteur, acte="comptes.apply_demande", objet=compte, libelle=libelle)
    return demande.etat == EtatDemande.APPROUVEE


def carry_out(
    *, acteur: Any, demande: DemandeCompte, compte: Utilisateur, maintenant: datetime.datetime
) -> None:
    """Do what was asked of a locked account, and tell the person where he was known before.

    `acteur` approves, or is nobody when the time has come. A new password's link goes to the person's
    address; without one it waits for the administrator to make it.
    Raises ValidationError when it can no longer be done.
    """
    nature = NatureDemande(demande.nature)
    if (avis := AVIS[nature].effet) is not None:
        notify(compte=compte, nature=avis, maintenant=maintenant)
    if nature in OUVERTURES:
        if (demande.role, demande.precision) != (compte.role, compte.email):
            raise ValidationError(f"Le compte de {compte} a changé depuis la demande : {A_REFAIRE}")
        compte.approuve_le = maintenant
    elif nature == NatureDemande.ROLE:
        _change_role(compte, demande.role, maintenant)
    elif nature == NatureDemande.ADRESSE:
        write_address(compte=compte, adresse=demande.cible, maintenant=maintenant)
    elif nature in settings.EFFETS_DEMANDES:
        import_string(settings.EFFETS_DEMANDES[nature])(
            acteur=acteur, demande=demande, compte=compte, maintenant=maintenant
        )
    elif not compte.is_active:
        raise ValidationError("Ce compte est désactivé : réactivez-le d’abord.")
    elif compte.joignable:
        precision = f"demandé par {demande.demandeur}"
        open_lien(acteur=acteur, compte=compte, maintenant=maintenant, envoyer=True, precision=precision)
    compte.version += 1
    compte.save(update_fields=["approuve_le", "role", "email", "version"])


def _change_role(compte: Utilisateur, role: str, maintenant: datetime.datetime) -> None:
    """Give the role and its group; what opened the old one, a link in hand or a session, opens it not."""
    if compte.role == Role.ADMINISTRATEUR:
        keep_an_administrator(compte=compte)
    compte.role = role
    put_in_group(compte=compte)
    end_liens(compte=compte, maintenant=maintenant)
    end_sessions(compte=compte)


def write_address(*, compte: Utilisateur, adresse: str, maintenant: datetime.datetime) -> None:
    """Put another address on a locked account, not saved here; a link on its way to the old one is closed."""
    compte.email = adresse
    end_liens(compte=compte, maintenant=maintenant)
