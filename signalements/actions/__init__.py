"""Acts on reports, accidents and the plan of actions: their only writers."""

from signalements.actions.accident import create_accident, update_accident
from signalements.actions.listes import load_listes
from signalements.actions.plan import (
    abandon_action,
    create_action,
    finish_action,
    start_action,
    update_action,
)
from signalements.actions.signalement import (
    close_signalement,
    declare_signalement,
    link_agent,
    qualify_signalement,
    record_mesures,
    reject_signalement,
    relink_agent,
    start_signalement,
    unlink_agent,
)

__all__ = [
    "abandon_action",
    "close_signalement",
    "create_accident",
    "create_action",
    "declare_signalement",
    "finish_action",
    "link_agent",
    "load_listes",
    "qualify_signalement",
    "record_mesures",
    "reject_signalement",
    "relink_agent",
    "start_action",
    "start_signalement",
    "unlink_agent",
    "update_accident",
    "update_action",
]
