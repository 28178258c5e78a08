"""What the matrix alone does not decide about accounts: nobody acts on his own."""

from typing import Any

from django.core.exceptions import PermissionDenied

from nouvea_sst.comptes.enums import NatureDemande
from nouvea_sst.comptes.models import DemandeCompte, Utilisateur

PROPRE_COMPTE = "C’est votre propre compte : un autre administrateur doit s’en charger."
PROPRE_DEMANDE = "Vous avez fait cette demande, ou elle vous concerne : une autre personne doit la décider."


def can_change_compte(user: Any, compte: Utilisateur) -> bool:
    """Whether this account may change that one: role, scope, link, opening; never its own."""
    return user.has_perm("comptes.change_compte") and user.pk != compte.pk


def can_decide(user: Any, demande: DemandeCompte) -> bool:
    """Whether this account may approve or refuse: neither its own request nor one about itself."""
    return user.has_perm("comptes.approve_compte") and user.pk not in {
        demande.demandeur_id,
        demande.compte_id,
    }


def can_read_precision(user: Any, demande: DemandeCompte) -> bool:
    """Whether this account reads what exactly is asked; a scope stands on the account's page for all of them.

    An address or an agent's file is for who approves alone.
    """
    return demande.nature == NatureDemande.PORTEE or user.has_perm("comptes.approve_compte")


def refuse_own_account(acteur: Any, compte: Utilisateur) -> None:
    """Raise PermissionDenied when somebody acts on his own account; the system has none."""
    if acteur is not None and acteur.pk == compte.pk:
        raise PermissionDenied(PROPRE_COMPTE)
