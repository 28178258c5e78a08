"""What somebody typed in the search box, read once for all kinds of records."""

import datetime
import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from nouvea_sst.lib.texte import fold

MINIMUM = 2
MAXIMUM = 100
_JOUR = re.compile(r"([0-9]{1,2}) ([0-9]{1,2}) (20[0-9]{2})")
_RANG = re.compile(r"([0-9]{1,3})")
_CHIFFRES = re.compile(r"[0-9 ]+")
# « CHCT n° 12 » asks for the session of this number: these words only say what is numbered.
_MOTS_SEANCE = frozenset({"chct", "seance", "seances", "dossier", "dossiers", "pack", "n", "no", "n°", "du"})


class Refus(Enum):
    """Why nothing is asked."""

    VIDE = "vide"
    COURTE = "courte"
    LONGUE = "longue"


@dataclass(frozen=True)
class Saisie:
    """A typed text: as it was, folded, and why it is not searched, if so."""

    texte: str
    plie: str
    refus: Refus | None = None

    @property
    def mots(self) -> tuple[str, ...]:
        """Its folded words."""
        return tuple(self.plie.split())

    @property
    def est_nombre(self) -> bool:
        """Whether it holds digits only."""
        return _CHIFFRES.fullmatch(self.plie) is not None

    @property
    def a_des_lettres(self) -> bool:
        """Whether a word of two letters at least stands in it."""
        return any(len(mot) >= MINIMUM and mot.isalpha() for mot in self.mots)

    @property
    def jour(self) -> datetime.date | None:
        """The day it names: 24/11/2026."""
        lu = _JOUR.fullmatch(" ".join(m for m in self.mots if m not in _MOTS_SEANCE))
        if lu is None:
            return None
        try:
            return datetime.date(int(lu[3]), int(lu[2]), int(lu[1]))
        except ValueError:
            return None

    @property
    def parle_de_seance(self) -> bool:
        """Whether it names sessions or packs and nothing else: « séance », « CHCT n° 12 »."""
        return any(len(m) > 2 for m in self.mots if m in _MOTS_SEANCE) and not self._autres_mots

    @property
    def rang(self) -> int | None:
        """The number of a session that it names."""
        nombres = [m for m in self.mots if m.isdigit()]
        return int(nombres[0]) if len(nombres) == 1 and _RANG.fullmatch(nombres[0]) else None

    @property
    def _autres_mots(self) -> bool:
        return any(m not in _MOTS_SEANCE and not (m.isascii() and m.isdigit()) for m in self.mots)


def read_typed(texte: str) -> Saisie:
    """Read a text of the search box: no control characters, single spaces, accents composed."""
    compose = unicodedata.normalize("NFC", texte[: MAXIMUM * 4])
    propre = " ".join("".join(c if c.isprintable() else " " for c in compose).split())
    if len(texte) > MAXIMUM * 4 or len(propre) > MAXIMUM:
        return Saisie(propre[:MAXIMUM], "", Refus.LONGUE)
    plie = fold(propre)
    if not propre:
        return Saisie("", "", Refus.VIDE)
    return Saisie(propre, plie, Refus.COURTE if len(plie) < MINIMUM else None)
