"""What a day off would meet."""

import datetime

from commissions.enums import EtatSeance
from commissions.models import Seance
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.referentiel.cles import Effet


def count_on(date: datetime.date) -> Effet:
    """Sessions prepared for this day."""
    nombre = Seance.objects.filter(date=date, etat=EtatSeance.PREPAREE).count()
    return Effet(f"{count_of(nombre, 'séance')} ce jour-là", nombre)
