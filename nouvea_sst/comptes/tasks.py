"""Background jobs of the accounts: what has had its time is cleared away."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from nouvea_sst.comptes.actions import apply_due, forget_formulaires, purge, seal_journal, send_avis
from nouvea_sst.comptes.actions.avis import TACHE
from nouvea_sst.comptes.contexte import acting
from nouvea_sst.comptes.corbeille import empty_old

MENAGE = "comptes.clear_expired"
EFFETS = "comptes.apply_demandes"
SCEAUX = "comptes.seal_days"
# A mail server that does not answer is asked again for a day.
REPRISE = RetryStrategy(max_attempts=24, wait=3600)


# procrastinate counts in UTC: 16:30 there is 03:30 of the next day in Nouméa.
@app.periodic(cron="30 16 * * *", queueing_lock=MENAGE)
@app.task(name=MENAGE, queueing_lock=MENAGE)
def clear_expired(timestamp: int | None = None) -> None:
    """Forget forms received long ago, sessions over, old failed log-ins, texts and records nobody fetched."""
    forget_formulaires()
    empty_old(maintenant=timezone.now())
    purge(acteur=None)


@app.periodic(cron="*/10 * * * *", queueing_lock=EFFETS)
@app.task(name=EFFETS, queueing_lock=EFFETS)
def apply_demandes(timestamp: int | None = None) -> None:
    """Carry out the approved requests whose delay is over."""
    with acting(None):
        apply_due(acteur=None, maintenant=timezone.now())


# From 01:00 to 04:40 in Nouméa: the first run that finds nobody writing seals the day,
# the others find nothing left.
@app.periodic(cron="*/20 14-17 * * *", queueing_lock=SCEAUX)
@app.task(name=SCEAUX, queueing_lock=SCEAUX)
def seal_days(timestamp: int | None = None) -> None:
    """Seal the days of the journal that are over."""
    seal_journal(maintenant=timezone.now())


@app.task(name=TACHE, retry=REPRISE)
def send(avis_id: int) -> None:
    """Send a notice to the person concerned."""
    send_avis(maintenant=timezone.now(), avis_id=avis_id)
