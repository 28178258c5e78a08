"""Acts on imports: their only writers."""

from nouvea_sst.imports.actions.annulation import ImportUtilise, give_up_undo, request_undo, undo_import
from nouvea_sst.imports.actions.attentes import drop_waiting, resume_import
from nouvea_sst.imports.actions.depots import (
    ApercuDepasse,
    RefusRestants,
    abandon_import,
    apply_import,
    change_reglages,
    deposit_import,
    request_application,
    write_plan,
)
from nouvea_sst.imports.actions.garde import erase_files
from nouvea_sst.imports.actions.interruptions import (
    ImportVivant,
    interrupt_import,
    reopen_import,
    repair_import,
    settle_stop,
)
from nouvea_sst.imports.actions.partants import TropDePartants, choose_leavers
from nouvea_sst.imports.actions.passages import Bilan, ReleveEnCours, ReleveEteinte, run_releve
from nouvea_sst.imports.actions.profils import load_profils
from nouvea_sst.imports.actions.valeurs import change_value, remove_value, restore_value
from nouvea_sst.imports.actions.verrou import ImportClos

__all__ = [
    "ApercuDepasse",
    "Bilan",
    "ImportClos",
    "ImportUtilise",
    "ImportVivant",
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
    "erase_files",
    "give_up_undo",
    "interrupt_import",
    "remove_value",
    "reopen_import",
    "load_profils",
    "resume_import",
    "request_application",
    "request_undo",
    "repair_import",
    "restore_value",
    "run_releve",
    "settle_stop",
    "undo_import",
    "write_plan",
]
