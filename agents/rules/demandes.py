"""Requests for leave of the former software: which of them were a leave (sirh.md §5.2)."""

PRISE, ANNULEE, VALIDEE = 6, 7, 8
REFUSEE, REJETEE = 5, 9
CERTAINS = frozenset({PRISE, VALIDEE})
# What was granted once and is in one of these states has been taken back since.
REPRISES = frozenset({REFUSEE, ANNULEE, REJETEE})
ETATS = {
    0: "provisoire",
    1: "saisie",
    2: "visée favorablement",
    3: "visée défavorablement",
    4: "approuvée",
    REFUSEE: "refusée",
    PRISE: "prise",
    ANNULEE: "annulée",
    VALIDEE: "validée",
    REJETEE: "rejetée",
    10: "en attente",
    11: "à valider",
}


def refuse_etat(etat: int | None) -> str:
    """Why a request in this state is no leave, in French; empty for one that may be, or of no known state.

    A cancelled one may still be the leave of an accident: refuse_annulee says it.
    """
    if etat is None or etat in CERTAINS or etat == ANNULEE:
        return ""
    if etat not in ETATS:
        return f"L’ancien logiciel n’a pas d’état {etat}."
    return (
        f"Demande {ETATS[etat]} dans l’ancien logiciel : seules celles prises ou validées sont des absences."
    )


def refuse_annulee(etat: int | None, *, accident: bool) -> str:
    """Why a cancelled request is no leave, in French; empty for any other, and for that of an accident.

    An accident that was not recognised is cancelled there; its days away from work were spent all the same.
    """
    if etat != ANNULEE or accident:
        return ""
    return "Demande annulée dans l’ancien logiciel : ce n’est pas une absence."
