"""Why an agent has no medical follow-up on a day."""

import datetime

from agents.enums import ExclusionSuivi


def exclusion_on(
    *,
    est_elu: bool,
    date_embauche: datetime.date | None,
    date_depart: datetime.date | None,
    jour: datetime.date,
) -> ExclusionSuivi | None:
    """Return the reason, or None when the follow-up concerns him: elected, else gone, else not yet here.

    The day of departure is still a day of presence, as is the day of hire; an unknown date excludes nobody.
    """
    if est_elu:
        return ExclusionSuivi.ELU
    if date_depart is not None and date_depart < jour:
        return ExclusionSuivi.PARTI
    if date_embauche is not None and date_embauche > jour:
        return ExclusionSuivi.PAS_ARRIVE
    return None


def describe_exclusion(
    raison: ExclusionSuivi,
    *,
    date_embauche: datetime.date | None,
    date_depart: datetime.date | None,
) -> str:
    """Write the reason as a sentence, with its date."""
    match raison:
        case ExclusionSuivi.ELU:
            return "Membre élu du conseil municipal : le suivi médical des agents ne le concerne pas."
        case ExclusionSuivi.PARTI:
            le = f" le {date_depart:%d/%m/%Y}" if date_depart else ""
            return f"A quitté la Ville{le} : son suivi médical est arrêté."
        case ExclusionSuivi.PAS_ARRIVE:
            le = f" le {date_embauche:%d/%m/%Y}" if date_embauche else " plus tard"
            return f"Arrive{le} : son suivi médical commencera ce jour-là."
        case ExclusionSuivi.HORS_EFFECTIF:
            return "En position hors effectif : son suivi médical reprendra avec son activité."
