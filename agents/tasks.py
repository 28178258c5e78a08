"""Background jobs of the personnel file: thin, they call actions."""

from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from agents.actions import align_agents, align_carrieres, follow_departures, refresh_alertes
from agents.actions.alertes import TACHE_A_LA_DEMANDE
from agents.models import Agent
from nouvea_sst.comptes.contexte import acting
from nouvea_sst.travaux.actions import finish_travail, report_progress, start_travail

ALIGNEMENT = "agents.align_agents"
# procrastinate counts in UTC: 14:00 there is 01:00 of the next day in Nouméa, an hour before the due dates.
UNE_HEURE_A_NOUMEA = "0 14 * * *"
ALERTES = "agents.refresh_alertes"
# Half an hour after the careers of the day: the rights follow from them.
UNE_HEURE_ET_DEMIE_A_NOUMEA = "30 14 * * *"


@app.periodic(cron=UNE_HEURE_A_NOUMEA, queueing_lock=ALIGNEMENT)
@app.task(name=ALIGNEMENT, queueing_lock=ALIGNEMENT)
def align(timestamp: int | None = None) -> None:
    """Let begin the affectations and careers known ahead, and close the accounts of those who left."""
    jour = timezone.localdate()
    with acting(None):
        align_agents(acteur=None, jour=jour)
        align_carrieres(acteur=None, jour=jour)
        follow_departures(acteur=None, jour=jour)


@app.periodic(cron=UNE_HEURE_ET_DEMIE_A_NOUMEA, queueing_lock=ALERTES)
@app.task(name=ALERTES, queueing_lock=ALERTES)
def refresh(timestamp: int | None = None) -> None:
    """Raise and close the alerts of absence: at night, and after a change in the personnel file."""
    with acting(None):
        refresh_alertes(acteur=None, jour=timezone.localdate())


@app.task(name=TACHE_A_LA_DEMANDE)
def refresh_on_demand(travail_id: int) -> None:
    """Recompute the alerts of all whom somebody sees; he follows the job."""
    travail = start_travail(travail_id=travail_id)
    report_progress(travail_id=travail_id, etape="Calcul des alertes")
    vus = Agent.objects.visible_to(travail.demandeur) if travail.demandeur else Agent.objects.all()
    with acting(travail.demandeur):
        agents = vus.order_by("pk").values_list("pk", flat=True)
        bilan = refresh_alertes(acteur=travail.demandeur, jour=timezone.localdate(), agents=agents)
    finish_travail(travail_id=travail_id, adresse=reverse("agents:alertes"), message=str(bilan))
