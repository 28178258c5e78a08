"""What the former software says of a visit that it held, and what it does not (sirh.md §2.1)."""

import datetime
from typing import Any

from nouvea_sst.lib.dates import add_months
from nouvea_sst.lib.texte import fold
from visites.enums import Conclusion

# The doctor of a visit that was asked for and not placed.
PERSONNE = "A RENSEIGNER"
SANS_MOTIF = "sans_motif"


def complete(valeurs: dict[str, Any]) -> None:
    """Derive from the cells of a row what follows from them, in place.

    « Apte » is a conclusion; « inapte » is none of ours: it does not say until when. 0 month is no validity.
    """
    if valeurs.pop("apte", None):
        valeurs["conclusion"] = valeurs.get("conclusion") or Conclusion.APTE.value
    valeurs["motif"] = valeurs.get("motif") or SANS_MOTIF
    date, mois = valeurs.get("date"), valeurs.get("validite_mois")
    if "validite_mois" in valeurs:
        valeurs["validite_mois"] = mois or None
    if date and mois:
        valeurs["prochaine_visite"] = add_months(date, mois)


def is_nobody(medecin: object) -> bool:
    """Whether the doctor's name says that the visit was asked for and has no doctor yet."""
    return fold(str(medecin or "")) == fold(PERSONNE)


def refuse_date(date: datetime.date | None, jour: datetime.date) -> str:
    """Why a visit of this day cannot have been held, in French; empty when it can."""
    return "Cette visite n’a pas encore eu lieu." if date is not None and date > jour else ""
