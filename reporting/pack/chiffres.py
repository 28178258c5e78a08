"""Freezes what a pack shows as plain JSON: texts, whole numbers, decimals written as text."""

import datetime
from decimal import Decimal
from typing import Any

from commissions.models import Seance
from nouvea_sst.lib.dates import Periode
from reporting.indicateurs.calcul import compute_all
from reporting.indicateurs.collecte import ANNEES_COURBE, collect
from reporting.indicateurs.courbes import ParMois, accidents_by_month, rolling_tf1, visites_by_month
from reporting.rules.taux import Comparaison, Taux
from signalements.models import Action

FORME = 1  # of this JSON: a reader of another form must say so
ACTIONS_IMPRIMEES = 300


def build(*, seance: Seance | None, periode: Periode, rang: int, jour: datetime.date) -> dict[str, Any]:
    """Return all that the pack of this session and period shows, as known on this day."""
    collecte = collect(periode, jour)
    return {
        "forme": FORME,
        "seance": None if seance is None else _seance(seance),
        "points": [] if seance is None else _points(seance),
        "periode": _periode(periode),
        "arretee_le": jour.isoformat(),
        "rang": rang,
        "indicateurs": [_comparaison(deux) for deux in compute_all(collecte).values()],
        "accidents_par_mois": _par_mois(accidents_by_month(collecte)),
        "visites_par_mois": _par_mois(visites_by_month(collecte)),
        "tf1": [_periode(p) | _taux(taux) for p, taux in rolling_tf1(collecte, ANNEES_COURBE)],
        "situation": {
            "suivis": collecte.situation.suivis,
            "a_jour": collecte.situation.a_jour,
            "en_retard": collecte.situation.en_retard,
            "jamais_vus": collecte.situation.jamais_vus,
            "actions_ouvertes": collecte.situation.actions_ouvertes,
            "actions_en_retard": collecte.situation.actions_en_retard,
        },
        "actions": _actions(jour),
    }


def _seance(seance: Seance) -> dict[str, Any]:
    """When and where the committee sits."""
    return {
        "instance": seance.get_instance_display(),
        "numero": seance.numero,
        "date": seance.date.isoformat(),
        "heure": seance.heure.strftime("%H:%M"),
        "lieu": seance.lieu,
    }


def _points(seance: Seance) -> list[dict[str, Any]]:
    """The agenda, in its order."""
    return [
        {
            "intitule": point.intitule,
            "rapporteur": point.rapporteur,
            "nature": point.nature,
            "nature_libelle": point.get_nature_display(),
        }
        for point in seance.points.order_by("ordre", "pk")
    ]


def _periode(periode: Periode) -> dict[str, str]:
    """Both ends of a period."""
    return {"debut": periode.debut.isoformat(), "fin": periode.fin.isoformat()}


def _decimal(valeur: Decimal | None) -> str | None:
    """A decimal as text, the same text for the same number."""
    return None if valeur is None else format(valeur.normalize(), "f")


def _taux(taux: Taux) -> dict[str, Any]:
    """A figure with what it was made of."""
    return {
        "numerateur": _decimal(taux.numerateur),
        "denominateur": _decimal(taux.denominateur),
        "valeur": _decimal(taux.valeur),
        "raison": taux.raison,
    }


def _comparaison(deux: Comparaison) -> dict[str, Any]:
    """An indicator with the definition that was in use, this period and a year before."""
    definition = deux.definition
    return {
        "code": definition.code,
        "nom": definition.nom,
        "texte": definition.texte,
        "unite": definition.unite,
        "decimales": definition.decimales,
        "sens": definition.sens.value,
        "objectif": _decimal(deux.objectif),
        "actuel": _taux(deux.actuel),
        "avant": _taux(deux.avant),
    }


def _par_mois(lignes: ParMois) -> dict[str, Any]:
    """Counts by month of the whole city, without any other dimension."""
    return {
        "mois": [list(m) for m in lignes.mois],
        "actuel": list(lignes.actuel),
        "avant": list(lignes.avant),
    }


def _actions(jour: datetime.date) -> list[dict[str, Any]]:
    """Open actions, the latest deadline last: what, where from, the function that pilots. No name."""
    ouvertes = Action.objects.open().select_related("pilote").order_by("echeance", "pk")
    return [
        {
            "numero": action.numero,
            "intitule": action.intitule,
            "origine": action.get_origine_display(),
            "pilote": action.pilote.fonction_affichee if action.pilote else "",
            "echeance": action.echeance.isoformat(),
            "etat": action.etat,
            "retard": max(0, (jour - action.echeance).days),
        }
        for action in ouvertes[:ACTIONS_IMPRIMEES]
    ]
