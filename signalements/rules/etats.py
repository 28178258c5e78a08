"""Which state of a report or of an action may follow which."""

from nouvea_sst.lib.transitions import Table
from signalements.enums import EtatAction, EtatSignalement

S, A = EtatSignalement, EtatAction

SIGNALEMENT: Table = {
    S.NOUVEAU: frozenset({S.QUALIFIE, S.REJETE}),
    S.QUALIFIE: frozenset({S.EN_TRAITEMENT, S.REJETE}),
    S.EN_TRAITEMENT: frozenset({S.MESURES_PRISES}),
    # Measures without effect: treated again.
    S.MESURES_PRISES: frozenset({S.CLOS, S.EN_TRAITEMENT}),
    S.CLOS: frozenset(),
    S.REJETE: frozenset(),
}

ACTION: Table = {
    A.A_FAIRE: frozenset({A.EN_COURS, A.FAITE, A.ABANDONNEE}),
    A.EN_COURS: frozenset({A.FAITE, A.ABANDONNEE}),
    A.FAITE: frozenset(),
    A.ABANDONNEE: frozenset(),
}
