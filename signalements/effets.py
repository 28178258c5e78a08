"""How many rows a change of reference data would move."""

import datetime
from collections.abc import Mapping
from decimal import Decimal

from nouvea_sst.lib.affichage import count_of
from nouvea_sst.referentiel.cles import Effet
from signalements.models import Signalement
from signalements.parametres import FAIBLE, MOYEN, read_seuils
from signalements.rules.cotation import Seuils, rate_risk


def count_classes(jour: datetime.date, nombres: Mapping[str, Decimal]) -> Effet:
    """Rated reports whose class would be another one."""
    avant = read_seuils(jour)
    apres = Seuils(
        int(nombres.get(FAIBLE.code, avant.dernier_faible)), int(nombres.get(MOYEN.code, avant.dernier_moyen))
    )
    cotes = Signalement.objects.values_list("gravite", "probabilite")
    nombre = sum(rate_risk(g, p, avant).classe != rate_risk(g, p, apres).classe for g, p in cotes if p)
    mots = "signalement change de classe,signalements changent de classe"
    return Effet(count_of(nombre, mots), nombre)
