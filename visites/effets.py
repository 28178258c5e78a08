"""How many rows a change of reference data would move, by the same rules as the real calculation."""

import datetime
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from nouvea_sst.lib.affichage import count_of
from nouvea_sst.referentiel.cles import Effet
from visites.enums import EtatVisite
from visites.faits import read_faits, read_valeurs
from visites.models import Suivi, Visite
from visites.parametres import A_VENIR, DERNIER, PREMIER, read_plage
from visites.rules.echeance import RegleInconnue, due_date
from visites.rules.placement import hour_of

LOT = 5000


def count_moved(jour: datetime.date, nombres: Mapping[str, Decimal]) -> Effet:
    """Due dates that would be another day: the rule is run on every agent and nothing is written."""
    valeurs = read_valeurs(jour)
    apres = valeurs | {
        code: replace(valeurs[code], valeur=valeur) for code, valeur in nombres.items() if code in valeurs
    }
    connues = dict(Suivi.objects.order_by("agent_id").values_list("agent_id", "echeance"))
    cles, nombre = list(connues), 0
    for debut in range(0, len(cles), LOT):
        for agent, faits in read_faits(cles[debut : debut + LOT], jour).items():
            try:
                nombre += due_date(faits, apres, jour).jour != connues[agent]
            except RegleInconnue:
                continue
    mots = "échéance se déplace,échéances se déplacent"
    return Effet(count_of(nombre, mots), nombre)


def count_coming(jour: datetime.date, nombres: Mapping[str, Decimal]) -> Effet:
    """Due dates that the view of those to come would hold."""
    fin = jour + datetime.timedelta(days=int(nombres[A_VENIR.code]))
    nombre = Suivi.objects.followed().due_between(jour, fin).count()
    return Effet(f"{count_of(nombre, 'échéance')} dans cette vue ce jour", nombre)


def count_out_of_hours(jour: datetime.date, nombres: Mapping[str, Decimal]) -> Effet:
    """Visits placed from today on that would stand out of the hours of the day; they stay where they are."""
    plage = read_plage(jour)
    premier = hour_of(nombres[PREMIER.code]) if PREMIER.code in nombres else plage.premier
    dernier = hour_of(nombres[DERNIER.code]) if DERNIER.code in nombres else plage.dernier
    placees = Visite.objects.filter(etat=EtatVisite.PLACEE, date__gte=jour, heure__isnull=False)
    nombre = placees.exclude(heure__range=(premier, dernier)).count()
    mots = "visite déjà placée hors de ces heures,visites déjà placées hors de ces heures"
    return Effet(count_of(nombre, mots), nombre)


def count_on(date: datetime.date) -> Effet:
    """Visits placed on a day that would be off."""
    nombre = Visite.objects.filter(date=date, etat=EtatVisite.PLACEE).count()
    return Effet(f"{count_of(nombre, 'visite placée,visites placées')} ce jour-là", nombre)
