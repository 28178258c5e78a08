"""What a right alone does not settle: it depends on the record."""

from typing import Any

from agents.models import Agent
from agents.perms import is_own_file
from signalements.models import Signalement


def can_view_declarant(user: Any, signalement: Signalement) -> bool:
    """Whether the declarer's name may be shown: to the section, and to the declarer himself."""
    if signalement.declarant_id is None:
        return False
    return user.has_perm("signalements.view_declarant") or signalement.declarant_id == user.pk


def can_change_accident(user: Any, agent: Agent) -> bool:
    """Whether this account may enter and correct the accidents of this agent: not its own."""
    return user.has_perm("signalements.change_accident") and not is_own_file(user, agent)


def is_declarant(user: Any, signalement: Signalement) -> bool:
    """Whether this account declared the report under its name; who did so does not reject it."""
    return signalement.declarant_id is not None and signalement.declarant_id == getattr(user, "pk", None)
