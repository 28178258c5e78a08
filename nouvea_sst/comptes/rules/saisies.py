"""What is kept of a form that could not be sent."""

import datetime
from collections.abc import Iterable, Mapping

GARDE = datetime.timedelta(hours=12)
PAR_COMPTE = 5
CSRF, MARQUE, RENVOI = "csrfmiddlewaretoken", "saisie_de", "saisie_gardee"
_SECRETS = ("password", "mot_de_passe")
_TEXTE_COURT = 12
_SANS_SENS = {"jeton", "version"}


def kept_fields(champs: Iterable[tuple[str, list[str]]]) -> dict[str, list[str]]:
    """Return the typed fields: neither the tokens of the house nor a password."""
    return {
        nom.replace("\0", ""): [valeur.replace("\0", "") for valeur in valeurs]
        for nom, valeurs in champs
        if nom not in {CSRF, MARQUE, RENVOI} and not any(secret in nom.lower() for secret in _SECRETS)
    }


def has_text(champs: Mapping[str, list[str]]) -> bool:
    """Whether something was typed or chosen at all."""
    return any(valeur.strip() for valeurs in champs.values() for valeur in valeurs)


def readable_texts(champs: Mapping[str, list[str]], libelles: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the texts that a person recognises, by the label of their field; keys and choices stay out."""
    textes = []
    lisibles = {nom: valeurs for nom, valeurs in champs.items() if nom not in _SANS_SENS}
    for nom, valeurs in lisibles.items():
        for valeur in valeurs:
            if " " in valeur.strip() or "\n" in valeur or len(valeur) > _TEXTE_COURT or "/" in valeur:
                simple = nom.rpartition("-")[2]
                textes.append((libelles.get(simple) or simple.replace("_", " ").capitalize(), valeur))
    return textes
