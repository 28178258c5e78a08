"""Which state of a visit may follow which."""

from nouvea_sst.lib.transitions import Table, next_states
from visites.enums import EtatVisite

TRANSITIONS: Table = {
    EtatVisite.A_PLACER: frozenset({EtatVisite.PLACEE, EtatVisite.ANNULEE}),
    EtatVisite.PLACEE: frozenset(
        {EtatVisite.PLACEE, EtatVisite.REALISEE, EtatVisite.ABSENT, EtatVisite.ANNULEE}
    ),
    EtatVisite.REALISEE: frozenset(),
    EtatVisite.ABSENT: frozenset(),
    EtatVisite.ANNULEE: frozenset(),
}

PHRASES: dict[EtatVisite, str] = {
    EtatVisite.A_PLACER: "Cette visite n’est pas encore placée.",
    EtatVisite.PLACEE: "Cette visite est déjà placée.",
    EtatVisite.REALISEE: "Cette visite a déjà sa conclusion signée : elle ne change plus.",
    EtatVisite.ABSENT: "L’absence à cette visite est déjà notée : placez une nouvelle visite.",
    EtatVisite.ANNULEE: "Cette visite a été annulée : placez une nouvelle visite.",
}


def refuse_transition(depart: str, arrivee: str) -> str:
    """Sentence that refuses to go from one state to another; empty when it may."""
    etat = EtatVisite(depart)
    return "" if EtatVisite(arrivee) in next_states(TRANSITIONS, etat) else PHRASES[etat]
