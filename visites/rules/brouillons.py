"""What is kept of a conclusion that is being typed."""

import datetime
from collections.abc import Mapping

GARDE = datetime.timedelta(days=7)
CONTENU_MAX = 60_000
CHAMPS = {
    "conclusion",
    "validite_mois",
    "prochaine_visite",
    "message_employeur",
    "confirmes",
    "orientation",
    "finies",
    "raison",
}
LIGNES = "mesures-"


def kept_of(champs: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return what was typed of the conclusion and of its measures, nothing else of the form."""
    return {nom: valeurs for nom, valeurs in champs.items() if nom in CHAMPS or nom.startswith(LIGNES)}


def word_moment(garde_le: datetime.datetime, jour: datetime.date) -> str:
    """« de 10:42 » on the same day, else « du 22/11/2026 à 10:42 »; the moment is local."""
    heure = f"{garde_le:%H:%M}"
    return f"de {heure}" if garde_le.date() == jour else f"du {garde_le:%d/%m/%Y} à {heure}"
