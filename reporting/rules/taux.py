"""What an indicator is: a value that carries its numerator, its denominator and its definition."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

NON_CALCULE = "n.c."


class Sens(Enum):
    """Which way is better."""

    BAISSE = "baisse"
    HAUSSE = "hausse"
    NEUTRE = "neutre"


@dataclass(frozen=True)
class Definition:
    """What is counted and how, in words fit for printing under a figure."""

    code: str
    nom: str
    texte: str
    unite: str = ""
    decimales: int = 0
    sens: Sens = Sens.NEUTRE


@dataclass(frozen=True)
class Taux:
    """A figure of a period. Without a value it is shown « n.c. », with the reason."""

    numerateur: Decimal | None
    denominateur: Decimal | None
    valeur: Decimal | None
    definition: Definition
    raison: str = ""


def compute_taux(
    definition: Definition,
    numerateur: int | Decimal | None,
    denominateur: int | Decimal | None,
    facteur: int = 1,
    raison: str = "",
) -> Taux:
    """Return numerateur × facteur / denominateur, exact; no value when one is unknown or the divisor is 0.

    `raison` says why a number is unknown; rounding is left to display.
    """
    haut = None if numerateur is None else Decimal(numerateur)
    bas = None if denominateur is None else Decimal(denominateur)
    if haut is None or bas is None:
        return Taux(haut, bas, None, definition, raison or "donnée inconnue")
    if bas == 0:
        return Taux(haut, bas, None, definition, "rien à quoi rapporter ce nombre")
    return Taux(haut, bas, haut * facteur / bas, definition)


def compute_nombre(definition: Definition, valeur: int | Decimal | None, raison: str = "") -> Taux:
    """Return a plain count as a figure like the others."""
    nombre = None if valeur is None else Decimal(valeur)
    return Taux(nombre, None, nombre, definition, "" if nombre is not None else raison or "donnée inconnue")


@dataclass(frozen=True)
class Comparaison:
    """A figure beside the same one a year before."""

    actuel: Taux
    avant: Taux
    objectif: Decimal | None = None

    @property
    def definition(self) -> Definition:
        """Definition that both share."""
        return self.actuel.definition

    @property
    def ecart(self) -> Decimal | None:
        """This year less last year; nothing when one is missing."""
        if self.actuel.valeur is None or self.avant.valeur is None:
            return None
        return self.actuel.valeur - self.avant.valeur

    @property
    def mieux(self) -> bool | None:
        """Whether it moves the right way; nothing when it stands still or has no right way."""
        if not self.ecart or self.definition.sens is Sens.NEUTRE:
            return None
        return (self.ecart < 0) == (self.definition.sens is Sens.BAISSE)
