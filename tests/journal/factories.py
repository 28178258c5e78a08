"""A sample of consultations with one line, as its chief draws it."""

import datetime
from typing import Any

from django.utils import timezone

from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.comptes.models import ExamenConsultations, LigneExamen


def make_examen(chef: Any, agent: Any, par: Any, **champs: Any) -> LigneExamen:
    """Return the one line of an open examination of last year: this account looked at this agent's file."""
    ligne = record_consultation(acteur=par, acte="agents.agent", objet=agent, agent=agent)
    annee = timezone.localdate().year - 1
    faits = {
        "annee": annee,
        "debut": datetime.date(annee, 1, 1),
        "fin": datetime.date(annee, 12, 31),
        "graine": "0" * 32,
        "population": 1,
        "tire_par": chef,
        "tire_le": timezone.now(),
    }
    examen = ExamenConsultations.objects.create(**faits | champs)
    return LigneExamen.objects.create(examen=examen, ligne=ligne, rang=1)
