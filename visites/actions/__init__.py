"""Acts on visits and due dates: their only writers."""

from visites.actions.absences import (
    cancel_absence_professionnel,
    correct_absence_professionnel,
    note_absence_professionnel,
)
from visites.actions.avis import record_avis
from visites.actions.brouillons import drop_brouillon, forget_brouillons, keep_brouillon
from visites.actions.certificats import issue_certificat, request_certificat
from visites.actions.choix import choose_date, set_aside_due, take_up_due
from visites.actions.corrections import correct_avis
from visites.actions.demandes import ask_visite, keep_demande, refuse_visite, withdraw_demande
from visites.actions.echanges import (
    amend_echange,
    close_accompagnement,
    end_etape,
    hand_over_echanges,
    name_membre,
    open_accompagnement,
    release_membre,
    restrict_accompagnement,
    write_echange,
)
from visites.actions.engagements import (
    acknowledge,
    answer_engagement,
    close_engagement,
    follow_engagement,
    open_missing_engagements,
    renew_engagement,
    reopen_engagement,
)
from visites.actions.entretiens import hold_slot
from visites.actions.essais import abandon_essai, adopt_essai, fail_essai, keep_resultat, start_essai
from visites.actions.listes import load_listes, load_regles
from visites.actions.medecins import load_medecins
from visites.actions.notes import (
    amend_note,
    attach_piece,
    hand_over_notes,
    share_note,
    withdraw_share,
    write_first_note,
    write_note,
)
from visites.actions.planning import change_state, fill_half_day, open_half_days
from visites.actions.presence import note_absence, say_all_present, say_presence
from visites.actions.regles import adopt_regle, correct_regle, withdraw_regle
from visites.actions.rendez_vous import (
    cancel_visite,
    move_visite,
    plan_visite,
)
from visites.actions.reponses import confirm, decline
from visites.actions.suivis import BilanSuivis, refresh_agent, refresh_suivis, request_refresh

__all__ = [
    "BilanSuivis",
    "abandon_essai",
    "acknowledge",
    "adopt_essai",
    "adopt_regle",
    "amend_echange",
    "amend_note",
    "answer_engagement",
    "ask_visite",
    "attach_piece",
    "cancel_absence_professionnel",
    "cancel_visite",
    "change_state",
    "choose_date",
    "close_accompagnement",
    "close_engagement",
    "confirm",
    "correct_absence_professionnel",
    "correct_avis",
    "correct_regle",
    "decline",
    "drop_brouillon",
    "end_etape",
    "fail_essai",
    "fill_half_day",
    "follow_engagement",
    "forget_brouillons",
    "hand_over_echanges",
    "hand_over_notes",
    "hold_slot",
    "issue_certificat",
    "keep_brouillon",
    "keep_demande",
    "keep_resultat",
    "load_listes",
    "load_medecins",
    "load_regles",
    "move_visite",
    "name_membre",
    "note_absence",
    "note_absence_professionnel",
    "open_accompagnement",
    "open_half_days",
    "open_missing_engagements",
    "plan_visite",
    "record_avis",
    "refresh_agent",
    "refresh_suivis",
    "refuse_visite",
    "release_membre",
    "renew_engagement",
    "reopen_engagement",
    "request_certificat",
    "request_refresh",
    "restrict_accompagnement",
    "say_all_present",
    "say_presence",
    "set_aside_due",
    "share_note",
    "start_essai",
    "take_up_due",
    "withdraw_demande",
    "withdraw_regle",
    "withdraw_share",
    "write_echange",
    "write_first_note",
    "write_note",
]
