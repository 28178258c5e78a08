"""Background jobs of visits: thin, they call actions."""

import logging

from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from agents.models import Agent
from nouvea_sst.comptes.contexte import acting
from nouvea_sst.lib.pdf import PdfImpossible
from nouvea_sst.travaux.actions import fail_travail, finish_travail, report_progress, start_travail
from visites.actions.certificats import TACHE, issue_certificat
from visites.actions.suivis import TACHE_A_LA_DEMANDE, refresh_suivis
from visites.rules.echeance import RegleInconnue

JOURNAL = logging.getLogger(__name__)
CALCUL = "visites.refresh_suivis"
# procrastinate counts in UTC: 15:00 there is 02:00 of the next day in Nouméa, which has no summer time.
DEUX_HEURES_A_NOUMEA = "0 15 * * *"


@app.periodic(cron=DEUX_HEURES_A_NOUMEA, queueing_lock=CALCUL)
@app.task(name=CALCUL, queueing_lock=CALCUL)
def refresh(timestamp: int | None = None) -> None:
    """Recompute every due date: at night, and after a change in the personnel file."""
    refresh_suivis(acteur=None, jour=timezone.localdate())


@app.task(name=TACHE_A_LA_DEMANDE)
def refresh_on_demand(travail_id: int) -> None:
    """Recompute the due dates of all whom somebody sees; he follows the job."""
    travail = start_travail(travail_id=travail_id)
    vus = Agent.objects.visible_to(travail.demandeur) if travail.demandeur else Agent.objects.all()
    agents = vus.order_by("pk").values_list("pk", flat=True)

    def say(fait: int, total: int) -> None:
        report_progress(travail_id=travail_id, etape="Calcul des échéances", fait=fait, total=total)

    try:
        with acting(travail.demandeur):
            bilan = refresh_suivis(
                acteur=travail.demandeur, jour=timezone.localdate(), agents=agents, progres=say
            )
    except RegleInconnue as manque:
        fail_travail(travail_id=travail_id, message=str(manque))
    else:
        finish_travail(travail_id=travail_id, adresse=reverse("visites:liste"), message=str(bilan))


@app.task(name=TACHE)
def make_certificat(travail_id: int, visite_id: int) -> None:
    """Make the document of a visit for somebody who follows the job."""
    travail = start_travail(travail_id=travail_id)
    report_progress(travail_id=travail_id, etape="Mise en page")
    try:
        with acting(travail.demandeur):
            document = issue_certificat(
                acteur=travail.demandeur, visite_id=visite_id, jour=timezone.localdate()
            )
    except PdfImpossible as manque:
        fail_travail(travail_id=travail_id, message=str(manque))
    except Exception:
        JOURNAL.exception("document non établi")
        fail_travail(travail_id=travail_id, message="Le document n’a pas pu être établi. Réessayez.")
    else:
        finish_travail(travail_id=travail_id, adresse=reverse("documents:ouvrir", args=[document.pk]))
