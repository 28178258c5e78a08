"""Absences in half days: how long, which ones overlap, which entries make no sense."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from nouvea_sst.lib.dates import add_months

DEMI = Decimal("0.5")


@dataclass(frozen=True)
class Arret:
    """An absence as the rules see it: both ends included, half days at either end."""

    debut: datetime.date
    fin: datetime.date
    debut_apres_midi: bool = False
    fin_matin: bool = False

    @property
    def bornes(self) -> tuple[int, int]:
        """First and last half day, counted from the beginning of time."""
        return 2 * self.debut.toordinal() + self.debut_apres_midi, 2 * self.fin.toordinal() + (
            not self.fin_matin
        )

    @property
    def jours(self) -> Decimal:
        """Calendar days, half days counted as such."""
        debut, fin = self.bornes
        return (fin - debut + 1) * DEMI


def overlap(un: Arret, autre: Arret) -> bool:
    """Whether two absences share a half day."""
    return un.bornes[0] <= autre.bornes[1] and autre.bornes[0] <= un.bornes[1]


def follows(debut: datetime.date, fin: datetime.date) -> bool:
    """Whether an absence that begins this day may prolong one that ends on that one."""
    return fin <= debut <= fin + datetime.timedelta(days=1)


def check_periode(
    arret: Arret,
    *,
    jour: datetime.date,
    date_embauche: datetime.date | None,
    date_depart: datetime.date | None,
    avance_mois: int,
) -> dict[str, str]:
    """Return what makes no sense in an entry, in French by field; nothing when all is well."""
    if arret.fin < arret.debut:
        return {"date_fin": "La fin précède le début."}
    if arret.jours <= 0:
        return {"fin_matin": "Une absence qui commence l’après-midi ne finit pas le même jour à midi."}
    if arret.debut > add_months(jour, avance_mois):
        return {"date_debut": f"Une absence se saisit au plus {avance_mois} mois à l’avance."}
    if date_embauche and arret.debut < date_embauche:
        return {"date_debut": f"L’agent a été embauché le {date_embauche:%d/%m/%Y}."}
    if date_depart and arret.fin > date_depart:
        return {"date_fin": f"L’agent a quitté la Ville le {date_depart:%d/%m/%Y}."}
    return {}
