"""Acts on editions and on saved views."""

from reporting.actions.editions import (
    ATTENTE,
    ETAPES,
    TACHE,
    DossierDejaDemande,
    freeze_edition,
    request_edition,
)
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
]
