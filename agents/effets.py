"""How many rows a change of reference data would move."""

import datetime
from collections.abc import Mapping
from decimal import Decimal

from agents.models import Agent
from agents.parametres import ABSENCE_LONGUE
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.referentiel.cles import Effet


def count_long_absences(jour: datetime.date, nombres: Mapping[str, Decimal]) -> Effet:
    """Agents whose absence would count as long."""
    debut = jour - datetime.timedelta(days=int(nombres[ABSENCE_LONGUE.code]))
    nombre = Agent.objects.followed_on(jour).absent_throughout(debut, jour).count()
    return Effet(f"{count_of(nombre, 'agent')} en absence longue ce jour", nombre)
