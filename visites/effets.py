"""How many rows a change of reference data would move, by the same rules as the real calculation."""

import datetime
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from nouvea_sst.lib.affichage import count_of
from nouvea_sst.referentiel.cles import Effet
from visites.calcul import simulate
from visites.dossiers import read_bareme
from visites.enums import EtatVisite
from visites.models import Suivi, Visite, VisiteDue
from visites.parametres import A_VENIR, DERNIER, PREMIER, read_plage
from visites.rules.echeance import RegleInconnue
from visites.rules.placement import hour_of


def count_moved(jour: datetime.date, nombres: Mapping[str, Decimal]) -> Effet:
    """Visits due that would be another day: the rules are run on every agent and nothing is written."""
    try:
        bareme = read_bareme(jour)
    except RegleInconnue as manque:
        return Effet(f"effet inconnu : {manque}", 0)
    apres = dict(bareme.valeurs) | {
        code: replace(bareme.valeurs[code], valeur=valeur)
        for code, valeur in nombres.items()
        if code in bareme.valeurs
    }
    cles, nombre = list(Suivi.objects.order_by("agent_id").values_list("agent_id", flat=True)), 0
    for lot in simulate(replace(bareme, valeurs=apres), cles):
        for _, _, ecarts in lot.dossiers.values():
            nombre += len(ecarts.creees) + len(ecarts.closes)
            nombre += sum(connue.calculee != due.jour for connue, due in ecarts.modifiees)
    mots = "échéance se déplace,échéances se déplacent"
    return Effet(count_of(nombre, mots), nombre)


def count_coming(jour: datetime.date, nombres: Mapping[str, Decimal]) -> Effet:
    """Due dates that the view of those to come would hold."""
    fin = jour + datetime.timedelta(days=int(nombres[A_VENIR.code]))
    nombre = VisiteDue.objects.open().due_between(jour, fin).count()
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
