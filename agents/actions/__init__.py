"""Acts on the personnel file: its only writers."""

from agents.actions.absences import create_absence, delete_absence, restore_absence, update_absence
from agents.actions.affectations import (
    align_agents,
    close_affectation,
    set_affectation,
    update_affectation,
)
from agents.actions.agents import (
    HomonymeAConfirmer,
    create_agent,
    create_agents_in_bulk,
    update_agent,
)
from agents.actions.alertes import (
    dismiss_alerte,
    refresh_alertes,
    reopen_alerte,
    request_alertes,
    treat_alerte,
)
from agents.actions.carrieres import align_carrieres
from agents.actions.exigences import set_exigences
from agents.actions.expositions import (
    add_exposition,
    delete_exposition,
    restore_exposition,
    update_exposition,
)
from agents.actions.fiche_du_compte import ask_agent, carry_out_fiche, follow_departures, unlink_agent
from agents.actions.fusion import (
    ApercuPerime,
    merge_agents,
    undo_merge,
)
from agents.actions.portee import carry_out_portee, end_responsabilite, give_responsabilite
from agents.actions.positions import create_position, delete_position, restore_position, update_position
from agents.actions.referentiel import (
    load_collectivites,
    load_droits_maladie,
    load_types_absence,
    load_types_exigence,
    load_types_exposition,
    load_types_position,
)
from agents.actions.structures import create_structure, rebuild_paths, update_poste, update_structure
from agents.actions.suivi import close_raison, open_raison

__all__ = [
    "set_exigences",
    "create_position",
    "delete_position",
    "restore_position",
    "update_position",
    "add_exposition",
    "delete_exposition",
    "restore_exposition",
    "update_exposition",
    "ApercuPerime",
    "merge_agents",
    "undo_merge",
    "ask_agent",
    "carry_out_fiche",
    "carry_out_portee",
    "HomonymeAConfirmer",
    "dismiss_alerte",
    "refresh_alertes",
    "reopen_alerte",
    "request_alertes",
    "treat_alerte",
    "align_agents",
    "align_carrieres",
    "close_affectation",
    "close_raison",
    "create_absence",
    "create_agent",
    "create_agents_in_bulk",
    "create_structure",
    "delete_absence",
    "end_responsabilite",
    "follow_departures",
    "give_responsabilite",
    "restore_absence",
    "load_collectivites",
    "load_droits_maladie",
    "load_types_absence",
    "load_types_exigence",
    "load_types_exposition",
    "load_types_position",
    "open_raison",
    "rebuild_paths",
    "set_affectation",
    "unlink_agent",
    "update_absence",
    "update_affectation",
    "update_agent",
    "update_poste",
    "update_structure",
]
