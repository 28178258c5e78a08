"""Which letter is which: a key says the visit, its day, its hour and who receives. Pure."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

CONVOCATION, AVIS = "convocation", "avis"
SANS_HEURE = "sans"
PARTIES = 5


@dataclass(frozen=True)
class Annonce:
    """What a letter told: of which visit, on which day, at which hour."""

    genre: str
    visite: int
    jour: datetime.date
    heure: datetime.time | None


def write_key(
    genre: str, visite: int, jour: datetime.date, heure: datetime.time | None, professionnel: int | None
) -> str:
    """Return what makes a letter unique: moved to another day, hour or professional, it is another one."""
    dite = f"{heure:%H%M}" if heure is not None else SANS_HEURE
    return f"{genre}:{visite}:{jour:%Y%m%d}:{dite}:{professionnel}"


def base_of(cle: str) -> str:
    """Return a key without the rank of a letter written again after a move there and back."""
    return ":".join(cle.split(":")[:PARTIES])


def read_key(cle: str) -> Annonce:
    """Return what the letter of this key told."""
    genre, visite, jour, heure, _ = base_of(cle).split(":")
    lue = None if heure == SANS_HEURE else datetime.time(int(heure[:2]), int(heure[2:]))
    return Annonce(genre, int(visite), datetime.date.fromisoformat(jour), lue)


def next_key(base: str, deja: Sequence[str]) -> str:
    """Return the key of the letter to be made; `deja` are those of the same visit, oldest first.

    The last one when it tells the same: nothing is to be made. Moved there and back, a rank tells it from
    the first, which another letter has replaced meanwhile.
    """
    if deja and base_of(deja[-1]) == base:
        return deja[-1]
    return f"{base}:{len(deja) + 1}" if base in deja else base


def find_replaced(base: str, deja: Sequence[str]) -> Annonce | None:
    """Return what the letter before told, when its day or its hour is another one."""
    avant = [cle for cle in deja if base_of(cle) != base]
    if not avant:
        return None
    neuve, derniere = read_key(base), read_key(avant[-1])
    return None if (neuve.jour, neuve.heure) == (derniere.jour, derniere.heure) else derniere
