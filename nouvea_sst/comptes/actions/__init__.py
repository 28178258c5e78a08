"""Acts on accounts: the only place that writes them."""

from nouvea_sst.comptes.actions.comptes import (
    create_compte,
    disable_compte,
    enable_compte,
    invite_compte,
    note_return,
    update_compte,
)
from nouvea_sst.comptes.actions.demandes import approve_demandes, ask_reset, ask_role, refuse_demande
from nouvea_sst.comptes.actions.entree import (
    note_attempt,
    note_expiry,
    note_failed_login,
    note_login,
    note_logout,
)
from nouvea_sst.comptes.actions.liens import make_lien, revoke_lien, use_lien
from nouvea_sst.comptes.actions.menage import GARDE_FORMULAIRES, forget_formulaires, purge
from nouvea_sst.comptes.actions.roles import sync_roles
from nouvea_sst.comptes.actions.saisies import drop_saisie, keep_saisie
from nouvea_sst.comptes.actions.sessions import change_password, close_all_sessions, close_session

__all__ = [
    "GARDE_FORMULAIRES",
    "approve_demandes",
    "ask_reset",
    "ask_role",
    "change_password",
    "close_all_sessions",
    "close_session",
    "create_compte",
    "disable_compte",
    "drop_saisie",
    "enable_compte",
    "forget_formulaires",
    "invite_compte",
    "keep_saisie",
    "make_lien",
    "note_attempt",
    "note_expiry",
    "note_failed_login",
    "note_login",
    "note_logout",
    "note_return",
    "purge",
    "refuse_demande",
    "revoke_lien",
    "sync_roles",
    "update_compte",
    "use_lien",
]
