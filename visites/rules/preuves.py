"""How the proof of a visit due is written: its facts, its rule, its sum."""

import datetime
from typing import Any

from visites.enums import PointDepart
from visites.rules.regles import Regle, word_condition


def write_proof(
    regle: Regle, lignes: list[dict[str, Any]], debut: datetime.date, fin: datetime.date
) -> dict[str, Any]:
    """Return the proof of a date that a rule counts from the beginning or the end of a fact."""
    depart = debut if regle.depart == PointDepart.DEBUT else fin
    signe, nombre = ("−", -(regle.decalage or 0)) if (regle.decalage or 0) < 0 else ("+", regle.decalage or 0)
    unite = "jour" if nombre == 1 and regle.unite == "jours" else regle.unite
    calcul = f"{write_day(depart)} {signe} {nombre} {unite} = {write_day(regle.day_from(debut, fin))}"
    return {
        "code": regle.code,
        "regle": regle.libelle,
        "version": regle.date_effet.isoformat(),
        "source": regle.source,
        "fiabilite": regle.fiabilite,
        "faits": lignes,
        "calcul": calcul,
    } | ({} if regle.seuil is None else {"condition": word_condition(regle)})


def write_day(jour: datetime.date | None) -> str:
    """Write « 24/11/2026 », or nothing for no day."""
    return "" if jour is None else f"{jour:%d/%m/%Y}"


def tell_fact(libelle: str, valeur: str) -> dict[str, Any]:
    """Return a line of a proof; « url_name » and « pk » beside it make it a link."""
    return {"libelle": libelle, "valeur": valeur}
