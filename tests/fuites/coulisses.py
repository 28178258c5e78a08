"""What a request leaves behind it, out of the browser's sight."""

import datetime
from typing import Any

from django.core import mail
from django.db import connection, models

from nouvea_sst.comptes.models import LigneJournal, SessionCompte
from nouvea_sst.travaux.models import Travail


class Coulisses:
    """Reads what was added since the last look: journal, sessions, queue, jobs, mail, technical log."""

    def __init__(self, traces: Any) -> None:
        self.traces = traces
        self.ligne = last_of(LigneJournal)
        self.travail = last_of(Travail)
        self.traces.lignes.clear()
        mail.outbox.clear()

    def look(self) -> dict[str, str]:
        """Return each channel with its new content."""
        # An agenda is named by its day: of all its visits, so of none.
        agendas = ["visites.journee"]
        lignes = LigneJournal.objects.filter(pk__gt=self.ligne).exclude(acte__in=agendas).order_by("pk")
        travaux = Travail.objects.filter(pk__gt=self.travail).order_by("pk")
        canaux = {
            "journal": write_rows(lignes),
            "travail": write_rows(travaux),
            "session": "\n".join(str(s.get_decoded()) for s in SessionCompte.objects.order_by("pk")),
            "file": read_queue(),
            "courriel": "\n".join(m.message().as_string() for m in mail.outbox),
            "trace": "\n".join(self.traces.lignes),
        }
        self.ligne, self.travail = last_of(LigneJournal), last_of(Travail)
        self.traces.lignes.clear()
        mail.outbox.clear()
        return canaux


def last_of(modele: type[models.Model]) -> int:
    """Return the key of the last row."""
    return modele._default_manager.aggregate(n=models.Max("pk"))["n"] or 0


def write_rows(lignes: models.QuerySet) -> str:
    """Write every column of some rows but the moments, whose microseconds look like anything."""
    valeurs = ([v for v in ligne if not isinstance(v, datetime.datetime)] for ligne in lignes.values_list())
    return "\n".join(str(ligne) for ligne in valeurs)


def read_queue() -> str:
    """Return everything that the queue of jobs holds."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT args::text, queueing_lock, lock, task_name FROM procrastinate_jobs ORDER BY id"
        )
        return "\n".join(str(ligne) for ligne in curseur.fetchall())
