"""Links by which one chooses one's own password."""

import datetime

from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nouvea_sst.comptes.actions.avis import SIGNATURE, draw_token, notify
from nouvea_sst.comptes.actions.comptes import lock_compte
from nouvea_sst.comptes.actions.sessions import end_liens, end_sessions
from nouvea_sst.comptes.enums import EtatDemande, NatureAvis, NatureDemande, NatureLien
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import LienCompte, Utilisateur
from nouvea_sst.comptes.perms import refuse_own_account
from nouvea_sst.comptes.rules.approbation import ACCORD, lifetime_of, needs_two
from nouvea_sst.comptes.rules.liens import hash_of

SANS_ACCORD = "Le chef de section doit d’abord approuver ce nouveau mot de passe."


class LienRefuse(Exception):
    """The link does not open: unknown, over, used, or its account is not to be opened."""


@transaction.atomic
def make_lien(
    *, acteur: Utilisateur | None, maintenant: datetime.datetime, compte_id: int
) -> tuple[LienCompte, str]:
    """Make the account's link, in the place of the one it had; return it with the token to show, once.

    An invitation before the first password, a reset after. It goes to the person's address, and is shown to
    nobody (empty token), where a message can reach him. From the server (no acteur) it needs no approval and
    is shown. Raises ValidationError for a disabled account or without the approval that the role asks,
    PermissionDenied for one's own.
    """
    compte = lock_compte(compte_id=compte_id)
    refuse_own_account(acteur, compte)
    if not compte.is_active:
        raise ValidationError("Ce compte est désactivé : réactivez-le d’abord.")
    if acteur is not None and compte.has_usable_password() and needs_two(compte.role):
        if not reset_approved(compte=compte, maintenant=maintenant):
            raise ValidationError(SANS_ACCORD)
    return open_lien(
        acteur=acteur, compte=compte, maintenant=maintenant, envoyer=acteur is not None and compte.joignable
    )


def open_lien(
    *,
    acteur: Utilisateur | None,
    compte: Utilisateur,
    maintenant: datetime.datetime,
    envoyer: bool,
    precision: str = "",
) -> tuple[LienCompte, str]:
    """Write the link of an account, and send it or return its token: whoever calls has checked the right.

    `precision` ends the journal's line.
    """
    end_liens(compte=compte, maintenant=maintenant)
    nature = NatureLien.REINITIALISATION if compte.has_usable_password() else NatureLien.INVITATION
    lien = LienCompte(
        compte=compte,
        nature=nature,
        cree_par=acteur,
        cree_le=maintenant,
        expire_le=maintenant + lifetime_of(nature),
    )
    jeton = draw_token(lien=lien)
    lien.save()
    notify(compte=compte, nature=NatureAvis.LIEN, maintenant=maintenant, lien=lien if envoyer else None)
    sort = "envoyé à l’adresse du compte" if envoyer else "montré à l’écran, une fois"
    libelle = ", ".join(part for part in (f"{lien} : {sort}", precision) if part)
    record_act(acteur=acteur, acte="comptes.make_lien", objet=compte, libelle=libelle)
    return lien, "" if envoyer else jeton


def reset_approved(*, compte: Utilisateur, maintenant: datetime.datetime) -> bool:
    """Whether an approved request for a new password stands, and has shown no link to anybody yet."""
    accord = compte.demandes.filter(
        nature=NatureDemande.REINITIALISATION, etat=EtatDemande.APPROUVEE, effet_le__gt=maintenant - ACCORD
    ).last()
    if accord is None:
        return False
    if compte.joignable:
        return True
    liens = compte.liens.filter(nature=NatureLien.REINITIALISATION)
    return not liens.filter(cree_le__gte=accord.effet_le).exists()


@transaction.atomic
def revoke_lien(*, acteur: Utilisateur, maintenant: datetime.datetime, compte_id: int) -> bool:
    """Take back the link of an account; return whether it had one."""
    compte = lock_compte(compte_id=compte_id)
    refuse_own_account(acteur, compte)
    retires = end_liens(compte=compte, maintenant=maintenant)
    if retires:
        record_act(acteur=acteur, acte="comptes.revoke_lien", objet=compte)
    return bool(retires)


def read_lien(*, signe: str, maintenant: datetime.datetime) -> LienCompte:
    """Return the link that this token opens.

    Raises LienRefuse, or PermissionDenied while its account waits for approval.
    """
    try:
        jeton = SIGNATURE.unsign(signe)
    except signing.BadSignature:
        raise LienRefuse from None
    liens = LienCompte.objects.usable_at(maintenant).select_related("compte")
    lien = liens.filter(empreinte=hash_of(jeton)).first()
    if lien is None or not lien.compte.is_active:
        raise LienRefuse
    if lien.compte.approuve_le is None:
        raise PermissionDenied("Le compte attend encore l’accord du chef de section.")
    return lien


@transaction.atomic
def use_lien(*, signe: str, maintenant: datetime.datetime, mot_de_passe: str) -> Utilisateur:
    """Give the account the password that the link's holder chose, end its sessions, and use the link up.

    Raises LienRefuse, PermissionDenied.
    """
    compte = lock_compte(compte_id=read_lien(signe=signe, maintenant=maintenant).compte_id)
    lien = read_lien(signe=signe, maintenant=maintenant)
    compte.set_password(mot_de_passe)
    compte.save(update_fields=["password"])
    lien.fini_le = maintenant
    lien.save(update_fields=["fini_le"])
    end_sessions(compte=compte)
    notify(compte=compte, nature=NatureAvis.CHOISI, maintenant=maintenant)
    record_act(acteur=compte, acte="comptes.use_lien", objet=compte, libelle=str(lien))
    return compte
