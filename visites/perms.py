"""Who may do what with one visit, where the codename does not say it all."""

from typing import Any

from agents.models import Agent
from agents.perms import is_own_file
from visites.enums import NatureVisite
from visites.models import Visite


def is_care_staff(user: Any) -> bool:
    """Doctor or nurse: they handle their own visits only."""
    return user.has_perm("visites.record_attestation")


def can_sign(user: Any, visite: Visite) -> bool:
    """The professional of the visit signs it; a nurse signs a VIP only."""
    if is_own_file(user, visite.agent) or visite.professionnel_id not in (None, user.pk):
        return False
    if user.has_perm("visites.record_avis"):
        return True
    return visite.nature == NatureVisite.VIP and user.has_perm("visites.record_attestation")


def can_place(user: Any, agent: Agent) -> bool:
    """Whether this account may place a visit of this agent."""
    return user.has_perm("visites.plan_visite") and not is_own_file(user, agent)


def can_manage(user: Any, visite: Visite) -> bool:
    """Whether this account may move it, cancel it or note an absence; care staff: their own visits."""
    sienne = not is_care_staff(user) or visite.professionnel_id in (None, user.pk)
    return can_place(user, visite.agent) and sienne


def sees_conclusion(user: Any, agent: Agent) -> bool:
    """Whether opinion, public motive and next visit of this agent's visits are for this account."""
    return user.has_perm("visites.view_conclusion") or is_own_file(user, agent)


def sees_motif(user: Any, agent: Agent) -> bool:
    """Whether this account reads who asked for the visit."""
    return user.has_perm("visites.view_motif_demande") or is_own_file(user, agent)
