"""Opens accounts that wait for the chef de section: new ones, and disabled ones."""

import datetime
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from nouvea_sst.comptes.actions.avis import notify
from nouvea_sst.comptes.actions.comptes import CHAMPS, lock_compte, put_in_group
from nouvea_sst.comptes.actions.demandes import ask
from nouvea_sst.comptes.enums import NatureAvis, NatureDemande
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import DemandeCompte, Utilisateur
from nouvea_sst.comptes.perms import refuse_own_account
from nouvea_sst.comptes.rules.approbation import needs_two

IDENTIFIANT_PRIS = "Un compte porte déjà cet identifiant."


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
    donnes = {nom: champs[nom] for nom in (*CHAMPS, "email") if nom in champs}
    compte = Utilisateur(username=identifiant.lower(), role=role, **donnes)
    compte.set_unusable_password()
    compte.full_clean(exclude=["password"])
    compte.save()
    put_in_group(compte=compte)
    nature = NatureDemande.CREATION
    ask(acteur=acteur, compte=compte, nature=nature, maintenant=maintenant, precision=compte.email)
    record_act(acteur=acteur, acte="comptes.invite_compte", objet=compte)
    return compte


@transaction.atomic
def enable_compte(
    *, acteur: Utilisateur, maintenant: datetime.datetime, compte_id: int
) -> DemandeCompte | bool:
    """Open a disabled account again, as it was; return whether it was closed, or what it waits for.

    One that never opened, or whose role needs two persons, waits for the chef de section anew. Only the
    first is a creation: of the other, role and address change by their own requests.
    """
    compte = lock_compte(compte_id=compte_id)
    refuse_own_account(acteur, compte)
    if compte.is_active:
        return False
    rouverture = NatureDemande.REOUVERTURE
    deja_ouvert = compte.approuve_le is not None or compte.demandes.filter(nature=rouverture).exists()
    nature = rouverture if deja_ouvert else NatureDemande.CREATION
    attend = compte.approuve_le is None or needs_two(compte.role)
    if attend:
        compte.approuve_le = None
    compte.is_active, compte.ferme_le, compte.motif_fermeture = True, None, ""
    compte.revenu_le = None
    compte.version += 1
    compte.save(
        update_fields=["is_active", "ferme_le", "motif_fermeture", "revenu_le", "approuve_le", "version"]
    )
    record_act(acteur=acteur, acte="comptes.enable_compte", objet=compte)
    if attend:
        return ask(acteur=acteur, compte=compte, nature=nature, maintenant=maintenant, precision=compte.email)
    notify(compte=compte, nature=NatureAvis.ROUVERT, maintenant=maintenant)
    return True
