"""Has the demonstration city raise its alerts of absence, today and weeks ago, and decide the old ones."""

import datetime
from typing import Any

from agents.actions import dismiss_alerte, refresh_alertes, treat_alerte
from agents.enums import MotifEcart
from agents.models import AlerteAbsence
from nouvea_sst.lib.affichage import start_of

RECULS = (200, 140, 80)  # days before the day of the city on which somebody went through the alerts
MOTIFS = (MotifEcart.DEJA_TRAITE, MotifEcart.SANS_OBJET, MotifEcart.RETOUR_PREVU, MotifEcart.ERREUR_DONNEE)


def write_alertes(*, jour: datetime.date, decideur: Any) -> None:
    """Raise the alerts of each of these days; of those of the past some are decided, some left."""
    for recul in RECULS:
        passe = jour - datetime.timedelta(days=recul)
        refresh_alertes(acteur=None, jour=passe)
        ouvertes = AlerteAbsence.objects.open().filter(agent__compte=None).order_by("pk")
        for rang, alerte in enumerate(ouvertes):
            _decide(alerte, rang, decideur, start_of(passe) + datetime.timedelta(hours=9))
    refresh_alertes(acteur=None, jour=jour)


def _decide(alerte: AlerteAbsence, rang: int, decideur: Any, moment: datetime.datetime) -> None:
    """Half are treated, a quarter set aside, a quarter left."""
    acte = {"acteur": decideur, "pk": alerte.pk, "version": alerte.version, "maintenant": moment}
    match rang % 4:
        case 0 | 1:
            treat_alerte(**acte)
        case 2:
            motif = MOTIFS[(rang // 4) % len(MOTIFS)]
            dismiss_alerte(**acte, motif=motif, commentaire="")
