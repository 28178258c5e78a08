"""Acts on accounts: the only place that writes them."""

from nouvea_sst.comptes.actions.avis import notify, send_avis
from nouvea_sst.comptes.actions.comptes import create_compte, disable_compte, lock_compte, note_return
from nouvea_sst.comptes.actions.demandes import (
    approve_demandes,
    ask,
    ask_reset,
    ask_role,
    oppose_demande,
    refuse_demande,
)
from nouvea_sst.comptes.actions.effets import apply_due
from nouvea_sst.comptes.actions.entree import (
    note_attempt,
    note_expiry,
    note_failed_login,
    note_login,
    note_logout,
)
from nouvea_sst.comptes.actions.examens import close_examen, draw_examen, judge_consultation
from nouvea_sst.comptes.actions.identite import update_compte
from nouvea_sst.comptes.actions.liens import make_lien, revoke_lien, use_lien
from nouvea_sst.comptes.actions.menage import GARDE_FORMULAIRES, forget_formulaires, purge
from nouvea_sst.comptes.actions.ouverture import enable_compte, invite_compte
from nouvea_sst.comptes.actions.roles import sync_roles
from nouvea_sst.comptes.actions.saisies import drop_saisie, keep_saisie
from nouvea_sst.comptes.actions.sceaux import seal_journal
from nouvea_sst.comptes.actions.sessions import (
    change_password,
    close_all_sessions,
    close_oldest_sessions,
    close_session,
)

__all__ = [
    "GARDE_FORMULAIRES",
    "apply_due",
    "approve_demandes",
    "ask",
    "ask_reset",
    "ask_role",
    "change_password",
    "close_all_sessions",
    "close_examen",
    "close_oldest_sessions",
    "close_session",
    "create_compte",
    "disable_compte",
    "draw_examen",
    "drop_saisie",
    "enable_compte",
    "forget_formulaires",
    "invite_compte",
    "judge_consultation",
    "keep_saisie",
    "lock_compte",
    "make_lien",
    "note_attempt",
    "note_expiry",
    "note_failed_login",
    "note_login",
    "note_logout",
    "note_return",
    "notify",
    "oppose_demande",
    "purge",
    "refuse_demande",
    "revoke_lien",
    "seal_journal",
    "send_avis",
    "sync_roles",
    "update_compte",
    "use_lien",
]
