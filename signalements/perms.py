"""What a right alone does not settle: it depends on the record."""

from typing import Any

from signalements.models import Signalement


def can_view_declarant(user: Any, signalement: Signalement) -> bool:
    """Whether the declarer's name may be shown: to the section, and to the declarer himself."""
    if signalement.declarant_id is None:
        return False
    return user.has_perm("signalements.view_declarant") or signalement.declarant_id == user.pk
