"""Where an agent is on a day, in one word for the lists."""

import datetime

from agents.enums import ExclusionSuivi, Situation

PAR_EXCLUSION = {
    ExclusionSuivi.ELU: Situation.ELU,
    ExclusionSuivi.PARTI: Situation.PARTI,
    ExclusionSuivi.PAS_ARRIVE: Situation.PAS_ARRIVE,
}


def situation_of(
    exclusion: ExclusionSuivi | None,
    *,
    date_embauche: datetime.date | None,
    date_depart: datetime.date | None,
    absent_jusqu: datetime.date | None,
) -> tuple[Situation, str]:
    """Return the situation and its words: « Absent jusqu’au 27/11/2026 », « Parti le 31/08/2026 »."""
    if exclusion is not None:
        situation = PAR_EXCLUSION[exclusion]
        match situation:
            case Situation.PARTI if date_depart:
                return situation, f"Parti le {date_depart:%d/%m/%Y}"
            case Situation.PAS_ARRIVE if date_embauche:
                return situation, f"Arrive le {date_embauche:%d/%m/%Y}"
        return situation, situation.label
    if absent_jusqu is not None:
        return Situation.ABSENT, f"Absent jusqu’au {absent_jusqu:%d/%m/%Y}"
    return Situation.PRESENT, Situation.PRESENT.label
