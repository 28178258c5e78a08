"""Who may change what of the reference data: a right for each domain."""

from typing import Any

from django.core.exceptions import PermissionDenied

from nouvea_sst.referentiel.enums import Domaine

DROITS = {
    Domaine.METIER: "referentiel.change_parametre",
    Domaine.MEDICAL: "referentiel.change_medical",
    Domaine.RISQUES: "referentiel.change_risques",
    Domaine.TECHNIQUE: "referentiel.change_technique",
}
ECRIRE = tuple(DROITS.values())


def can_change(user: Any, domaine: str) -> bool:
    """Whether this account may change values and lists of this domain."""
    return user.has_perm(DROITS[Domaine(domaine)])


def refuse_change(user: Any, domaine: str) -> None:
    """Raise PermissionDenied unless this account may change this domain."""
    if not can_change(user, domaine):
        raise PermissionDenied
