"""What a scope takes away from a role: a register holds the whole city."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef

from agents.querysets import CE_JOUR, held_collectivites, open_on
from nouvea_sst.comptes.enums import Portee
from nouvea_sst.comptes.roles import MATRICE

# Rights whose pages show or write what lies beyond any scope.
HORS_PORTEE = frozenset(
    {
        "imports.import_registre",
        "reporting.create_edition",
        "reporting.view_edition",
        "agents.change_structure",
        "referentiel.view_parametre",
        "referentiel.change_parametre",
        "referentiel.change_medical",
        "referentiel.change_risques",
    }
)
REFUS = "Cette page vaut pour toute la Ville : elle est fermée à qui répond d’une collectivité"


class PorteeBackend:
    """Stands first among the backends: refuses what the account's scope does not allow, grants nothing.

    Without get_user: no session is ever its own.
    """

    def authenticate(self, request: Any, **credentials: Any) -> None:
        """Let nobody in."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Raise PermissionDenied, which ends the question, for an account held to its collectivités."""
        if perm in HORS_PORTEE and is_held_to_collectivites(user_obj) and user_obj.portee == Portee.TOUS:
            if user_obj.role in MATRICE[perm]:
                user_obj.refus_de_portee = REFUS
            raise PermissionDenied
        return False


def read_scope(comptes: Any) -> Any:
    """Add to each account, read in the same query, whether it answers for a collectivité today."""
    lien = comptes.model._meta.get_field("responsabilites")
    tenues = lien.related_model.objects.filter(
        open_on(CE_JOUR), compte=OuterRef("pk"), collectivite__isnull=False
    )
    return comptes.annotate(tenu_aux_collectivites=Exists(tenues))


def is_held_to_collectivites(user: Any) -> bool:
    """Whether this account answers for a collectivité today; known with the account of a session."""
    if not user.is_authenticated:
        return False
    if not hasattr(user, "tenu_aux_collectivites"):
        user.tenu_aux_collectivites = held_collectivites(user).exists()
    return user.tenu_aux_collectivites
