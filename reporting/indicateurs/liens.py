"""Where each figure leads: the list of exactly its rows, for who may open it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.dates import Periode


def address_of(nom: str, **parametres: object) -> str:
    """Return the address of a list with its filters; dates as they are typed."""
    ecrits = {
        cle: format_date(valeur) if isinstance(valeur, datetime.date) else str(valeur)
        for cle, valeur in parametres.items()
        if valeur != ""
    }
    return f"{reverse(nom)}?{urlencode(ecrits)}" if ecrits else reverse(nom)


@dataclass(frozen=True)
class Liens:
    """Addresses for one user; an empty one where the list is not his, or would show him fewer rows."""

    user: Any

    def _if_may(self, droit: str, nom: str, **parametres: object) -> str:
        """Return the address only for who sees the rows of the whole city."""
        if not self.user.has_perm(droit) or not self.user.atteint_tous:
            return ""
        return address_of(nom, **parametres)

    def accidents(self, periode: Periode, nature: str = "service", arret: str = "") -> str:
        """First accidents of the period."""
        return self._if_may(
            "signalements.view_accident",
            "signalements:accidents",
            du=periode.debut,
            au=periode.fin,
            nature=nature,
            arret=arret,
            rechute="sans",
        )

    def accidents_avec_arret(self, periode: Periode) -> str:
        """First accidents of service with leave."""
        return self.accidents(periode, arret="avec")

    def agents(self, jour: datetime.date) -> str:
        """Agents present on a day, elected members left out."""
        return self._if_may("agents.view_carriere", "agents:liste", le=jour)

    def visites(self, echeance: str) -> str:
        """Due dates in a state: retard, bientot, a_jour, jamais."""
        return self._if_may("visites.view_suivi", "visites:liste", echeance=echeance)

    def signalements(self, periode: Periode) -> str:
        """Reports of facts of the period."""
        return self._if_may(
            "signalements.view_signalement",
            "signalements:liste",
            vue="tous",
            du=periode.debut,
            au=periode.fin,
        )

    def signalements_vue(self, vue: str) -> str:
        """Reports of a saved view."""
        return self._if_may("signalements.view_signalement", "signalements:liste", vue=vue)

    def actions_vue(self, vue: str) -> str:
        """Actions of a saved view."""
        return self._if_may("signalements.view_action", "signalements:actions", vue=vue)

    def of_figures(self, periode: Periode) -> Mapping[str, str]:
        """Return the addresses of the figures by code of indicator."""
        return {
            "effectif": self.agents(periode.fin),
            "at_avec": self.accidents_avec_arret(periode),
            "at_sans": self.accidents(periode, arret="sans"),
            "trajet": self.accidents(periode, nature="trajet"),
            "tf1": self.accidents_avec_arret(periode),
            "if": self.accidents_avec_arret(periode),
            "visites_a_jour": self.visites("a_jour"),
            "signalements": self.signalements(periode),
        }
