"""Background jobs of the personnel file: thin, they call actions."""

from django.utils import timezone
from procrastinate.contrib.django import app

from agents.actions import align_agents, align_carrieres, follow_departures
from nouvea_sst.comptes.contexte import acting

ALIGNEMENT = "agents.align_agents"
# procrastinate counts in UTC: 14:00 there is 01:00 of the next day in Nouméa, an hour before the due dates.
UNE_HEURE_A_NOUMEA = "0 14 * * *"


@app.periodic(cron=UNE_HEURE_A_NOUMEA, queueing_lock=ALIGNEMENT)
@app.task(name=ALIGNEMENT, queueing_lock=ALIGNEMENT)
def align(timestamp: int | None = None) -> None:
    """Let begin the affectations and careers known ahead, and close the accounts of those who left."""
    jour = timezone.localdate()
    with acting(None):
        align_agents(acteur=None, jour=jour)
        align_carrieres(acteur=None, jour=jour)
        follow_departures(acteur=None, jour=jour)
