"""Acts on visits and due dates: their only writers."""

from visites.actions.avis import record_avis
from visites.actions.certificats import issue_certificat, request_certificat
from visites.actions.listes import load_listes
from visites.actions.medecins import load_medecins
from visites.actions.rendez_vous import (
    cancel_visite,
    move_visite,
    note_absence,
    plan_visite,
)
from visites.actions.suivis import BilanSuivis, refresh_suivis, request_refresh

__all__ = [
    "BilanSuivis",
    "cancel_visite",
    "issue_certificat",
    "load_listes",
    "load_medecins",
    "move_visite",
    "note_absence",
    "plan_visite",
    "record_avis",
    "refresh_suivis",
    "request_certificat",
    "request_refresh",
]
