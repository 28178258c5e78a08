"""Where a commitment to apply a measure stands, by when it is due, what its acts refuse."""

import datetime
from dataclasses import dataclass

from visites.enums import EtatEngagement, SuiteEngagement

EN_ATTENTE = frozenset({EtatEngagement.A_ACCUSER, EtatEngagement.A_APPLIQUER})
FINIS = frozenset({EtatEngagement.ECHUE, EtatEngagement.CLOSE})
# What the committee of health and safety is told: the opinion is not, or not wholly, followed.
A_DIRE_AU_CHCT = (SuiteEngagement.PARTIELLE, SuiteEngagement.REFUSEE)


@dataclass(frozen=True)
class Faits:
    """What a commitment holds that says where it stands."""

    echeance: datetime.date
    date_fin: datetime.date | None
    accuse_le: datetime.date | None = None
    suite: str = ""
    chct_le: datetime.date | None = None
    clos_le: datetime.date | None = None
    suite_le: datetime.date | None = None


def state_of(faits: Faits, jour: datetime.date) -> EtatEngagement:
    """State on this day: what is closed or has passed its end first, then what was said, then what waits."""
    if faits.clos_le is not None:
        return EtatEngagement.CLOSE
    if faits.date_fin is not None and faits.date_fin < jour:
        return EtatEngagement.ECHUE
    if faits.suite:
        return EtatEngagement(faits.suite)
    return EtatEngagement.A_ACCUSER if faits.accuse_le is None else EtatEngagement.A_APPLIQUER


def is_late(faits: Faits, jour: datetime.date) -> bool:
    """Whether nobody said by its deadline what became of it."""
    return state_of(faits, jour) in EN_ATTENTE and faits.echeance < jour


def lacks_committee(faits: Faits, jour: datetime.date) -> bool:
    """Whether the committee is still to be told that the opinion is not wholly followed."""
    return state_of(faits, jour) not in FINIS and faits.suite in A_DIRE_AU_CHCT and faits.chct_le is None


def deadline(
    debut: datetime.date, fin: datetime.date | None, jour: datetime.date, delai_jours: int
) -> datetime.date:
    """Day by which a measure applies: so many days after it is signed or begins, never after its end."""
    limite = max(debut, jour) + datetime.timedelta(days=delai_jours)
    return limite if fin is None else max(min(limite, fin), debut)


def refuse_day(dite_le: datetime.date, jour: datetime.date, depuis: datetime.date, depuis_quoi: str) -> str:
    """Sentence that refuses the day of an act: in the future, or before what it answers; else empty."""
    if dite_le > jour:
        return f"Le {dite_le:%d/%m/%Y} n’est pas encore venu."
    if dite_le < depuis:
        return f"Le {dite_le:%d/%m/%Y} précède {depuis_quoi} du {depuis:%d/%m/%Y}."
    return ""


def refuse_suite(suite: str, raison: str) -> str:
    """Sentence that refuses a measure partly applied or refused without its reason; else empty."""
    if suite in A_DIRE_AU_CHCT and not raison.strip():
        return "Dites ce qui, dans le travail, empêche d’appliquer toute la restriction."
    return ""


def refuse_over(etat: EtatEngagement) -> str:
    """Sentence that refuses an act on a commitment that is over; else empty."""
    if etat is EtatEngagement.ECHUE:
        return "Cette restriction est arrivée à sa fin : il n’y a plus rien à appliquer."
    if etat is EtatEngagement.CLOSE:
        return "Le suivi de cette restriction est clos : il ne change plus."
    return ""
