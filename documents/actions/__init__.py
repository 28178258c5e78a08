"""Acts on documents, letters and their head: their only writers."""

from documents.actions.courriels import (
    Piece,
    forget_contents,
    note_retour,
    queue_courriel,
    queue_message,
    read_retours,
    resend_courriel,
    send_due,
    write_courriel,
)
from documents.actions.documents import issue_document
from documents.actions.entetes import add_signataire, correct_entete, correct_signataire, load_entete
from documents.actions.lettres import (
    TACHE_COURRIER,
    Message,
    Pli,
    find_modele,
    issue_lettre,
    issue_lettres,
    open_lot,
    pick_modele,
    read_modeles,
    request_courrier,
)
from documents.actions.lots import mailing_order, make_lot, print_again, read_cadre
from documents.actions.modeles import (
    load_modeles,
    publish_version,
    save_version,
    withdraw_version,
)

__all__ = [
    "Message",
    "Piece",
    "Pli",
    "TACHE_COURRIER",
    "add_signataire",
    "correct_entete",
    "correct_signataire",
    "find_modele",
    "forget_contents",
    "issue_document",
    "issue_lettre",
    "issue_lettres",
    "load_entete",
    "load_modeles",
    "mailing_order",
    "make_lot",
    "note_retour",
    "open_lot",
    "pick_modele",
    "print_again",
    "read_modeles",
    "publish_version",
    "queue_courriel",
    "queue_message",
    "read_cadre",
    "read_retours",
    "request_courrier",
    "resend_courriel",
    "save_version",
    "send_due",
    "withdraw_version",
    "write_courriel",
]
