"""Background jobs of reporting."""

import datetime
import logging

from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from commissions.models import Seance
from nouvea_sst.comptes.contexte import acting
from nouvea_sst.lib.dates import Periode, is_working_day
from nouvea_sst.lib.pdf import PdfImpossible
from nouvea_sst.referentiel.models import JourFerie, Parametre
from nouvea_sst.travaux.actions import fail_travail, finish_travail, report_progress, start_travail
from reporting.actions import ETAPES, TACHE, TACHE_RESUMES, send_resumes
from reporting.pack.fabrique import make_edition
from reporting.parametres import RESUME

# At the tenth minute: the hour itself is a value of the reference data.
CHAQUE_HEURE = "10 * * * *"
JOURNAL = logging.getLogger(__name__)
ECHEC = "Le dossier n’a pas pu être fait. Rien n’est perdu : demandez-le de nouveau, ou signalez la panne."


@app.task(name=TACHE)
def make_pack(*, travail_id: int, seance_id: int, debut: str, fin: str) -> None:
    """Make the pack that this job asked for, and say how far it is."""
    travail = start_travail(travail_id=travail_id)
    periode = Periode(datetime.date.fromisoformat(debut), datetime.date.fromisoformat(fin))

    def suivre(etape: str, fait: int) -> None:
        report_progress(travail_id=travail_id, etape=etape, fait=fait, total=ETAPES)

    try:
        with acting(travail.demandeur):
            edition = make_edition(
                acteur=travail.demandeur,
                seance=Seance.objects.get(pk=seance_id),
                periode=periode,
                jour=timezone.localdate(),
                travail=travail,
                suivre=suivre,
            )
    except PdfImpossible as erreur:
        fail_travail(travail_id=travail_id, message=str(erreur))
    except Exception:
        JOURNAL.exception("Dossier CHCT, travail %s", travail_id)
        fail_travail(travail_id=travail_id, message=ECHEC)
        raise
    else:
        finish_travail(
            travail_id=travail_id,
            adresse=reverse("reporting:edition", args=[edition.pk]),
            message=f"Édition {edition.rang}, {edition.pages} pages.",
        )


@app.periodic(cron=CHAQUE_HEURE, queueing_lock=TACHE_RESUMES)
@app.task(name=TACHE_RESUMES, queueing_lock=TACHE_RESUMES)
def send_messages_of_the_day(timestamp: int | None = None) -> None:
    """Write the messages of the day once its hour has come, on working days."""
    maintenant = timezone.localtime()
    jour = maintenant.date()
    if maintenant.hour < Parametre.objects.number_on(jour, RESUME):
        return
    if is_working_day(jour, JourFerie.objects.between(jour, jour)):
        with acting(None):
            send_resumes(jour=jour)
