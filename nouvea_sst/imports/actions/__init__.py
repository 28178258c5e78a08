"""Acts on imports: their only writers."""

from nouvea_sst.imports.actions.annulation import ImportUtilise, give_up_undo, request_undo, undo_import
from nouvea_sst.imports.actions.attentes import drop_waiting, resume_import
from nouvea_sst.imports.actions.depots import (
    RefusRestants,
    abandon_import,
    apply_import,
    change_reglages,
    deposit_import,
    reopen_import,
    request_application,
    write_plan,
)
from nouvea_sst.imports.actions.partants import TropDePartants, choose_leavers
from nouvea_sst.imports.actions.passages import Bilan, ReleveEnCours, ReleveEteinte, run_releve
from nouvea_sst.imports.actions.profils import load_profils
from nouvea_sst.imports.actions.valeurs import change_value, remove_value, restore_value
from nouvea_sst.imports.actions.verrou import ImportClos

__all__ = [
    "Bilan",
    "ImportClos",
    "ImportUtilise",
    "RefusRestants",
    "TropDePartants",
    "ReleveEnCours",
    "ReleveEteinte",
    "abandon_import",
    "apply_import",
    "change_reglages",
    "change_value",
    "choose_leavers",
    "deposit_import",
    "drop_waiting",
    "give_up_undo",
    "remove_value",
    "reopen_import",
    "load_profils",
    "resume_import",
    "request_application",
    "request_undo",
    "restore_value",
    "run_releve",
    "undo_import",
    "write_plan",
]
