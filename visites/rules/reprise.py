"""What the former software says of a visit that it held, and what it does not (sirh.md §2.1)."""

import datetime
import re
from typing import Any

from nouvea_sst.lib.dates import add_months
from nouvea_sst.lib.texte import fold
from visites.enums import Conclusion, EtatVisite

# The doctor of a visit that was asked for and not placed.
PERSONNE = "A RENSEIGNER"
SANS_MOTIF = "sans_motif"
HEURE = re.compile(r"(\d{1,2})\s*(?:[h:]\s*(\d{2})?)?(?::\d{2})?", re.IGNORECASE)


def complete(valeurs: dict[str, Any]) -> None:
    """Derive from the cells of a row what follows from them, in place.

    0 month is no validity; a visit of which the file does not say how it ended was held. What was concluded
    depends on the opinion too: conclude says it.
    """
    valeurs["motif"] = valeurs.get("motif") or SANS_MOTIF
    valeurs["etat"] = valeurs.get("etat") or EtatVisite.REALISEE.value
    if not valeurs.get("nature"):
        valeurs.pop("nature", None)
    date, mois = valeurs.get("date"), valeurs.get("validite_mois")
    if "validite_mois" in valeurs:
        valeurs["validite_mois"] = mois or None
    if date and mois:
        valeurs["prochaine_visite"] = add_months(date, mois)


def conclusion_named(libelle: str) -> dict[str, str]:
    """The conclusion that an opinion of the former software names in full, if it does; its words are free."""
    noms = {fold(str(nom)): code for code, nom in Conclusion.choices}
    return {"conclusion": noms.get(fold(libelle), "")}


def conclude(dite: str | None, avis: str, apte: bool | None) -> str | None:
    """What a visit concluded: as a person says, else as its opinion means, else « apte ».

    « Inapte » is none of our conclusions: it does not say until when.
    """
    if dite:
        return dite
    if apte is False:
        return None
    return avis or (Conclusion.APTE.value if apte else None)


def read_hour(texte: str) -> datetime.time:
    """Read 8:30, 08h30, 8 h or 08:30:00. Raises ValueError in French.

    >>> read_hour("8 h 05")
    datetime.time(8, 5)
    """
    lue = HEURE.fullmatch(texte.strip())
    heure, minute = (int(lue[1]), int(lue[2] or 0)) if lue else (24, 0)
    if heure > 23 or minute > 59:
        raise ValueError("Une heure est attendue, comme 08:30.")
    return datetime.time(heure, minute)


def is_nobody(medecin: object) -> bool:
    """Whether the doctor's name says that the visit was asked for and has no doctor yet."""
    return fold(str(medecin or "")) == fold(PERSONNE)


def refuse_date(date: datetime.date | None, jour: datetime.date) -> str:
    """Why a visit of this day cannot have been held, in French; empty when it can."""
    return "Cette visite n’a pas encore eu lieu." if date is not None and date > jour else ""
