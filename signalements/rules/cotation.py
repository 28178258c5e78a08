"""How a risk is rated: gravity × probability, and the class of the product (metier.md §5.3, mock-up 10)."""

from dataclasses import dataclass

from signalements.enums import ClasseRisque, Gravite, Probabilite

DERNIER_FAIBLE = 3
DERNIER_MOYEN = 8


@dataclass(frozen=True)
class Cotation:
    """A rating: its two factors, their product, its class."""

    gravite: int
    probabilite: int
    produit: int
    classe: ClasseRisque


def rate_risk(gravite: int, probabilite: int) -> Cotation:
    """Return product and class: 1 to 3 low, 4 to 8 middle, 9 to 16 high.

    Raises ValueError for a factor outside of 1 to 4.
    """
    produit = Gravite(gravite).value * Probabilite(probabilite).value
    if produit <= DERNIER_FAIBLE:
        classe = ClasseRisque.FAIBLE
    elif produit <= DERNIER_MOYEN:
        classe = ClasseRisque.MOYEN
    else:
        classe = ClasseRisque.ELEVE
    return Cotation(gravite, probabilite, produit, classe)


def risk_grid() -> list[tuple[Gravite, list[Cotation]]]:
    """Return the grid by line, gravest first, each line by growing probability."""
    return [(g, [rate_risk(g, p) for p in Probabilite]) for g in reversed(Gravite)]
