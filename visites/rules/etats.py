"""Which state of a visit, or of a request for one, may follow which."""

from nouvea_sst.lib.transitions import Table, next_states
from visites.enums import EtatDemande, EtatDemiJournee, EtatVisite

TRANSITIONS: Table = {
    EtatVisite.A_PLACER: frozenset({EtatVisite.PLACEE, EtatVisite.ANNULEE}),
    EtatVisite.PLACEE: frozenset(
        {
            EtatVisite.PLACEE,
            EtatVisite.REALISEE,
            EtatVisite.ABSENT,
            EtatVisite.EXCUSE,
            EtatVisite.ANNULEE,
        }
    ),
    EtatVisite.REALISEE: frozenset(),
    EtatVisite.ABSENT: frozenset(),
    EtatVisite.EXCUSE: frozenset(),
    EtatVisite.ANNULEE: frozenset(),
}

# What was said of a visit may be said again, the same day: placed is then « not said », or present.
SAYABLE = frozenset({EtatVisite.PLACEE, EtatVisite.ABSENT, EtatVisite.EXCUSE})
DITES: Table = {etat: SAYABLE if etat in SAYABLE else frozenset() for etat in EtatVisite}

PHRASES: dict[EtatVisite, str] = {
    EtatVisite.A_PLACER: "Cette visite n’est pas encore placée.",
    EtatVisite.PLACEE: "Cette visite est déjà placée.",
    EtatVisite.REALISEE: "Cette visite a déjà sa conclusion signée : elle ne change plus.",
    EtatVisite.ABSENT: "L’absence à cette visite est déjà notée : placez une nouvelle visite.",
    EtatVisite.EXCUSE: "L’agent s’est excusé pour cette visite : placez une nouvelle visite.",
    EtatVisite.ANNULEE: "Cette visite a été annulée : placez une nouvelle visite.",
}

DEMANDE: Table = {
    EtatDemande.DEPOSEE: frozenset(
        {EtatDemande.RETENUE, EtatDemande.REFUSEE, EtatDemande.RETIREE, EtatDemande.SATISFAITE}
    ),
    EtatDemande.RETENUE: frozenset({EtatDemande.REFUSEE, EtatDemande.SATISFAITE}),
    EtatDemande.REFUSEE: frozenset(),
    EtatDemande.RETIREE: frozenset(),
    EtatDemande.SATISFAITE: frozenset(),
}

PHRASES_DEMANDE: dict[EtatDemande, str] = {
    EtatDemande.DEPOSEE: "Cette demande n’est pas encore examinée.",
    EtatDemande.RETENUE: "Cette demande est déjà retenue.",
    EtatDemande.REFUSEE: "Cette demande a déjà été refusée : une nouvelle demande reste possible.",
    EtatDemande.RETIREE: "Cette demande a été retirée par qui l’avait faite.",
    EtatDemande.SATISFAITE: "La visite demandée a été tenue : la demande ne change plus.",
}

DEMI_JOURNEE: Table = {
    EtatDemiJournee.OUVERTE: frozenset({EtatDemiJournee.CLOSE, EtatDemiJournee.ANNULEE}),
    EtatDemiJournee.CLOSE: frozenset({EtatDemiJournee.OUVERTE}),
    EtatDemiJournee.ANNULEE: frozenset(),
}

PHRASES_DEMI_JOURNEE: dict[EtatDemiJournee, str] = {
    EtatDemiJournee.OUVERTE: "Cette demi-journée est déjà ouverte.",
    EtatDemiJournee.CLOSE: "Cette demi-journée est close : rouvrez-la d’abord.",
    EtatDemiJournee.ANNULEE: "Cette demi-journée a été annulée : ouvrez-en une autre.",
}


def refuse_transition(depart: str, arrivee: str) -> str:
    """Sentence that refuses to go from one state to another; empty when it may."""
    etat = EtatVisite(depart)
    return "" if EtatVisite(arrivee) in next_states(TRANSITIONS, etat) else PHRASES[etat]


def refuse_saying(depart: str, arrivee: str) -> str:
    """Sentence that refuses to say, or say again, how a visit went; empty when it may."""
    etat = EtatVisite(depart)
    return "" if EtatVisite(arrivee) in next_states(DITES, etat) else PHRASES[etat]


def refuse_demande(depart: str, arrivee: str) -> str:
    """Sentence that refuses to bring a request from one state to another; empty when it may."""
    etat = EtatDemande(depart)
    return "" if EtatDemande(arrivee) in next_states(DEMANDE, etat) else PHRASES_DEMANDE[etat]


def refuse_demi_journee(depart: str, arrivee: str) -> str:
    """Sentence that refuses to bring a half-day from one state to another; empty when it may."""
    etat = EtatDemiJournee(depart)
    permis = EtatDemiJournee(arrivee) in next_states(DEMI_JOURNEE, etat)
    return "" if permis else PHRASES_DEMI_JOURNEE[etat]
