"""Acts on editions, on saved views, on rows set aside."""

from reporting.actions.editions import (
    ATTENTE,
    ETAPES,
    TACHE,
    DossierDejaDemande,
    freeze_edition,
    request_edition,
)
from reporting.actions.qualite import set_aside, take_back
from reporting.actions.resumes import TACHE_RESUMES, choose_resume, send_resumes
from reporting.actions.vues import (
    NomDejaPris,
    change_default_vue,
    delete_vue,
    move_vue,
    rename_vue,
    restore_vue,
    save_vue,
)

__all__ = [
    "TACHE_RESUMES",
    "choose_resume",
    "send_resumes",
    "ATTENTE",
    "ETAPES",
    "TACHE",
    "DossierDejaDemande",
    "NomDejaPris",
    "change_default_vue",
    "delete_vue",
    "freeze_edition",
    "move_vue",
    "rename_vue",
    "request_edition",
    "restore_vue",
    "save_vue",
    "set_aside",
    "take_back",
]
