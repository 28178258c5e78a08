"""Background jobs of the accounts: what has had its time is cleared away."""

from django.utils import timezone
from procrastinate.contrib.django import app

from nouvea_sst.comptes.actions import forget_formulaires, purge
from nouvea_sst.comptes.corbeille import empty_old

MENAGE = "comptes.clear_expired"


# procrastinate counts in UTC: 16:30 there is 03:30 of the next day in Nouméa.
@app.periodic(cron="30 16 * * *", queueing_lock=MENAGE)
@app.task(name=MENAGE, queueing_lock=MENAGE)
def clear_expired(timestamp: int | None = None) -> None:
    """Forget forms received long ago, sessions over, old failed log-ins, texts and records nobody fetched."""
    forget_formulaires()
    empty_old(maintenant=timezone.now())
    purge(acteur=None)
