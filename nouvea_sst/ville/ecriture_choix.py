"""A few visits due of the demonstration that the coordinator decided about: another day, put aside."""

import datetime
from typing import Any

from visites.actions import choose_date, set_aside_due
from visites.models import VisiteDue

# Days from the day of the city, and why.
CHOIX = (
    (21, "L’agent est en formation jusque-là."),
    (35, "Le service ferme pendant l’inventaire."),
    (50, "L’agent demande à venir avec son équipe."),
)
ECARTS = ("Vu cette année par le médecin de son autre employeur.", "Départ annoncé pour la fin du mois.")


def write_choix(*, jour: datetime.date, acteur: Any) -> None:
    """Set another day for some visits due, put others aside, each with its reason."""
    dues = VisiteDue.objects.open().filter(famille="periodique", visites__isnull=True)
    siennes = list(dues.exclude(agent__compte=acteur).order_by("pk")[: len(CHOIX) + len(ECARTS)])
    for due, (jours, raison) in zip(siennes, CHOIX, strict=False):
        choose_date(
            acteur=acteur,
            due=due,
            version=due.version,
            jour=jour,
            choisie=jour + datetime.timedelta(days=jours),
            raison_choix=raison,
        )
    for due, raison in zip(siennes[len(CHOIX) :], ECARTS, strict=False):
        set_aside_due(acteur=acteur, due=due, version=due.version, jour=jour, raison=raison)
