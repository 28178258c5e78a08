"""The canonical form of the journal's lines, and the hash of the seal put on a day of them."""

import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

# What a seal covers of a line, in this order. A column added later asks for another form:
# old seals keep theirs.
FORME = "journal-1"
CHAMPS = (
    "id",
    "quand",
    "nature",
    "acteur_cle",
    "acteur_nom",
    "role",
    "acte",
    "objet_type",
    "objet_cle",
    "objet_libelle",
    "agent_cle",
    "requete",
    "champs",
)
# What the first seal of all follows.
ORIGINE = "0" * 64
COURTE = 16


@dataclass(frozen=True)
class Calcul:
    """What the lines of one seal come to; without lines, all its numbers are 0."""

    empreinte: str
    nombre: int
    premiere: int
    derniere: int


def canonical(valeurs: Iterable[Any]) -> bytes:
    """Write values in the one way that is hashed: ASCII JSON on a line, moments in UTC to the microsecond."""
    return (
        json.dumps(
            [_plain(valeur) for valeur in valeurs], ensure_ascii=True, sort_keys=True, separators=(",", ":")
        ).encode("ascii")
        + b"\n"
    )


def _plain(valeur: Any) -> Any:
    if isinstance(valeur, datetime.datetime):
        return valeur.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    return valeur.isoformat() if isinstance(valeur, datetime.date) else valeur


def compute_seal(
    *, precedent: str, jour: datetime.date, moment: datetime.datetime, lignes: Iterable[tuple[Any, ...]]
) -> Calcul:
    """Hash lines, given as values of CHAMPS by rising key, after the hash of the seal before (SHA-256).

    The lines are read once and none is kept. Which seal came before, the day, the moment, the number of
    lines and their first and last keys are hashed with them: a seal that is altered betrays itself.
    """
    condense = hashlib.sha256(canonical([FORME, precedent, jour, moment]))
    nombre, premiere, derniere = 0, 0, 0
    for ligne in lignes:
        condense.update(canonical(ligne))
        nombre, derniere = nombre + 1, ligne[0]
        premiere = premiere or ligne[0]
    condense.update(canonical([nombre, premiere, derniere]))
    return Calcul(condense.hexdigest(), nombre, premiere, derniere)


def short_form(empreinte: str) -> str:
    """Write the beginning of a hash as a person copies it: « 3f2a 91bc 77d0 e1f2 »."""
    return " ".join(empreinte[rang : rang + 4] for rang in range(0, COURTE, 4))


def read_short_form(tape: str) -> str:
    """Return what was copied without its spaces, in lower case; ValueError if it begins no hash."""
    lu = "".join(tape.split()).lower()
    if not COURTE <= len(lu) <= len(ORIGINE) or set(lu) - set("0123456789abcdef"):
        raise ValueError(f"not the beginning of a hash: {tape}")
    return lu
