"""How a risk is rated: gravity × probability, and the class of the product (metier.md §5.3, mock-up 10)."""

from dataclasses import dataclass

from signalements.enums import ClasseRisque, Gravite, Probabilite

PRODUIT_MAX = max(Gravite) * max(Probabilite)


@dataclass(frozen=True)
class Seuils:
    """The last product of the low class and of the middle one, as the reference data gives them."""

    dernier_faible: int
    dernier_moyen: int


@dataclass(frozen=True)
class Cotation:
    """A rating: its two factors, their product, its class."""

    gravite: int
    probabilite: int
    produit: int
    classe: ClasseRisque


def rate_risk(gravite: int, probabilite: int, seuils: Seuils) -> Cotation:
    """Return product and class by the thresholds given. Raises ValueError for a factor outside of 1 to 4."""
    produit = Gravite(gravite).value * Probabilite(probabilite).value
    if produit <= seuils.dernier_faible:
        classe = ClasseRisque.FAIBLE
    elif produit <= seuils.dernier_moyen:
        classe = ClasseRisque.MOYEN
    else:
        classe = ClasseRisque.ELEVE
    return Cotation(gravite, probabilite, produit, classe)


def risk_grid(seuils: Seuils) -> list[tuple[Gravite, list[Cotation]]]:
    """Return the grid by line, gravest first, each line by growing probability."""
    return [(g, [rate_risk(g, p, seuils) for p in Probabilite]) for g in reversed(Gravite)]


def describe_classes(seuils: Seuils) -> list[tuple[ClasseRisque, str]]:
    """Return each class with its range: « 1 à 3, faible »."""
    bornes = (1, seuils.dernier_faible, seuils.dernier_moyen, PRODUIT_MAX)
    debuts = (1, seuils.dernier_faible + 1, seuils.dernier_moyen + 1)
    classes = (ClasseRisque.FAIBLE, ClasseRisque.MOYEN, ClasseRisque.ELEVE)
    return [
        (classe, f"{debut} à {fin}, {str(classe.label).lower()}")
        for classe, debut, fin in zip(classes, debuts, bornes[1:], strict=True)
    ]
