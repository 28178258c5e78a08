"""Which state of a session may follow which, and from which day on."""

import datetime

from commissions.enums import EtatSeance
from nouvea_sst.lib.transitions import Table, TransitionRefusee, check_transition

SEANCE: Table = {
    EtatSeance.PREPAREE: frozenset({EtatSeance.TENUE, EtatSeance.ANNULEE}),
    EtatSeance.TENUE: frozenset(),
    EtatSeance.ANNULEE: frozenset(),
}


def check_seance(etat: EtatSeance, cible: EtatSeance, date: datetime.date, jour: datetime.date) -> None:
    """Raise TransitionRefusee unless a session of this date may change so on this day."""
    check_transition(SEANCE, etat, cible, "Cette séance")
    if cible == EtatSeance.TENUE and jour < date:
        raise TransitionRefusee(f"Cette séance a lieu le {date:%d/%m/%Y} : elle n’est pas encore tenue.")


def check_agenda(etat: EtatSeance) -> None:
    """Raise TransitionRefusee when the agenda may not change any more."""
    if etat != EtatSeance.PREPAREE:
        raise TransitionRefusee(f"Séance {etat.label.lower()} : son ordre du jour ne change plus.")
