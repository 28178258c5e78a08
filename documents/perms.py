"""Who writes and who publishes the letters of a domain."""

from typing import Any

from documents.enums import DomaineLettre
from documents.models import LettreType

REDIGER = {
    DomaineLettre.SECTION: ("documents.draft_modele", "documents.publish_modele"),
    DomaineLettre.MEDICAL: ("documents.change_modele_medical",),
    DomaineLettre.PSYCHOLOGUE: ("documents.change_modele_psychologue",),
}
PUBLIER = REDIGER | {DomaineLettre.SECTION: ("documents.publish_modele",)}


def can_draft(user: Any, lettre: LettreType) -> bool:
    """Whether this account writes the drafts of this letter."""
    return any(user.has_perm(droit) for droit in REDIGER[DomaineLettre(lettre.domaine)])


def can_publish(user: Any, lettre: LettreType) -> bool:
    """Whether this account publishes and withdraws the versions of this letter."""
    return any(user.has_perm(droit) for droit in PUBLIER[DomaineLettre(lettre.domaine)])
