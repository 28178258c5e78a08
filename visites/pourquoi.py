"""The proof of a due date in the words of components/why.html."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from nouvea_sst.lib.affichage import JOURS, format_date
from nouvea_sst.referentiel.enums import Fiabilite
from visites.models import Suivi, VisiteDue

DEMANDE, DEMANDES = "demande", frozenset({"visites:demande"})


def explain(
    du: Suivi | VisiteDue, liens: bool = True, demandes: bool = True, origine: bool = True
) -> dict[str, Any]:
    """Return the context of components/why.html for a due date; without links for who may not open them.

    `demandes`: whether the reader opens the request that a visit came of. `origine`: whether he may know
    who asked, which the rule of a request would tell, and its number of days as well.
    """
    fermes = frozenset() if demandes else DEMANDES
    preuve = du.preuve
    if not origine and preuve.get("code") == DEMANDE:
        preuve = preuve | {"version": "", "source": "", "fiabilite": "", "calcul": ""}
        preuve["faits"] = [
            fait | {"valeur": "reçue"} if fait.get("url_name") in DEMANDES else fait
            for fait in preuve["faits"]
        ]
    calcule_le = du.calcule_le if isinstance(du, Suivi) else du.calculee_le
    if du.echeance is None:
        titre, resultat = "Pourquoi aucune échéance\u202f?", "Aucune échéance"
    else:
        titre = f"Pourquoi le {du.echeance:%d/%m/%Y}\u202f?"
        resultat = f"{JOURS[du.echeance.weekday()]} {du.echeance:%d/%m/%Y}"
    lignes = [*preuve["faits"], *([preuve["tenue"]] if "tenue" in preuve else [])]
    return {
        "titre": titre,
        "faits": [_fact(fait, liens and fait.get("url_name") not in fermes) for fait in lignes],
        "regle_titre": _version(preuve.get("declencheur_version") or preuve["version"]),
        "regle": _rule(preuve),
        "source_url": "",
        "source_libelle": _source(preuve["source"], preuve["fiabilite"]),
        "calcul": [
            *([preuve["calcul"]] if preuve["calcul"] else []),
            *_choice(du),
            f"Calculé le {format_date(calcule_le, 'moment')}",
        ],
        "resultat": resultat,
    }


def _choice(du: Suivi | VisiteDue) -> list[str]:
    """Who set another day than the rule's, and why."""
    if isinstance(du, VisiteDue):
        if du.choisie is None:
            return []
        jour, par, raison = du.choisie, du.choisie_par, du.raison_choix
    else:
        choix = du.preuve.get("choix")
        if not choix:
            return []
        jour, par, raison = datetime.date.fromisoformat(choix["jour"]), choix["par"], choix["raison"]
    rappel = [du.rappel] if isinstance(du, VisiteDue) and du.rappel else []
    return [f"{par} a choisi le {jour:%d/%m/%Y} : {raison}", *rappel]


def _fact(fait: dict[str, Any], liens: bool) -> str:
    if "url_name" not in fait or not liens:
        return format_html("{}\u202f: <b>{}</b>", fait["libelle"], fait["valeur"])
    adresse = reverse(fait["url_name"], args=[fait["pk"]])
    return format_html('{}\u202f: <a href="{}">{}</a>', fait["libelle"], adresse, fait["valeur"])


def _rule(preuve: dict[str, Any]) -> str:
    """What the rule says, the thresholds that were applied, and the dated value that it read."""
    phrase = str(preuve["regle"])
    if preuve.get("condition"):
        phrase += f" (condition appliquée : {preuve['condition']})"
    if not preuve.get("declencheur"):
        return phrase
    valeur = datetime.date.fromisoformat(preuve["version"])
    return f"{preuve['declencheur']}. {phrase} (valeur du référentiel du {valeur:%d/%m/%Y})"


def _version(version: str) -> str:
    if not version:
        return "La règle"
    return f"La règle, version du {datetime.date.fromisoformat(version):%d/%m/%Y}"


def _source(source: str, fiabilite: str) -> str:
    return f"{source} · {Fiabilite(fiabilite).label}" if source and fiabilite else source
