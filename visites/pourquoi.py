"""The proof of a due date in the words of components/why.html."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from nouvea_sst.lib.affichage import JOURS, format_date
from nouvea_sst.referentiel.enums import Fiabilite
from visites.models import Suivi


def explain(suivi: Suivi, liens: bool = True) -> dict[str, Any]:
    """Return the context of components/why.html for a due date; without links for who may not open them."""
    preuve = suivi.preuve
    if suivi.echeance is None:
        titre, resultat = "Pourquoi aucune échéance\u202f?", "Aucune échéance"
    else:
        titre = f"Pourquoi le {suivi.echeance:%d/%m/%Y}\u202f?"
        resultat = f"{JOURS[suivi.echeance.weekday()]} {suivi.echeance:%d/%m/%Y}"
    return {
        "titre": titre,
        "faits": [_fact(fait, liens) for fait in preuve["faits"]],
        "regle_titre": _version(preuve["version"]),
        "regle": preuve["regle"],
        "source_url": "",
        "source_libelle": _source(preuve["source"], preuve["fiabilite"]),
        "calcul": [preuve["calcul"], f"Calculé le {format_date(suivi.calcule_le, 'moment')}"],
        "resultat": resultat,
    }


def _fact(fait: dict[str, Any], liens: bool) -> str:
    if "url_name" not in fait or not liens:
        return format_html("{}\u202f: <b>{}</b>", fait["libelle"], fait["valeur"])
    adresse = reverse(fait["url_name"], args=[fait["pk"]])
    return format_html('{}\u202f: <a href="{}">{}</a>', fait["libelle"], adresse, fait["valeur"])


def _version(version: str) -> str:
    if not version:
        return "La règle"
    return f"La règle, version du {datetime.date.fromisoformat(version):%d/%m/%Y}"


def _source(source: str, fiabilite: str) -> str:
    return f"{source} · {Fiabilite(fiabilite).label}" if source and fiabilite else source
