"""Shapes of a server-drawn SVG: presentation attributes only, for a strict CSP and for the PDF renderer."""

from dataclasses import dataclass, field

from django.forms.utils import flatatt
from django.utils.safestring import SafeString

ENCRE = "#16202a"
GRIS = "#586673"
TRAIT = "#7d8c99"
BLANC = "#ffffff"

# By lightness: they stand colour blindness and a grey printer. Also in static/css/tokens.css.
FONCE, MOYEN, AMBRE, CLAIR = "#0b3f5c", "#2a84ab", "#dc9a33", "#cbd6de"
AVEC_BORD = {AMBRE, CLAIR}  # too light to hold 3:1 on white without an edge

LETTRE = 6.3  # mean width of a letter of Inter at 11 px


@dataclass(frozen=True)
class Forme:
    """One SVG element."""

    balise: str
    valeurs: dict[str, object]
    texte: str = ""

    @property
    def attrs(self) -> SafeString:
        """Attributes with a point as decimal sign, whatever the language of the page."""
        return flatatt({k: f"{v:.1f}" if isinstance(v, float) else str(v) for k, v in self.valeurs.items()})


@dataclass
class Marque:
    """What one pointing touches: shapes under one title and one address, either of which may be empty."""

    formes: list[Forme] = field(default_factory=list)
    titre: str = ""
    url: str = ""


@dataclass
class Dessin:
    """A drawing: its size in px and its marks, from back to front."""

    largeur: float
    hauteur: float
    marques: list[Marque] = field(default_factory=list)

    @property
    def cadre(self) -> str:
        """The viewBox."""
        return f"0 0 {self.largeur:.0f} {self.hauteur:.0f}"

    def add(self, *formes: Forme, titre: str = "", url: str = "") -> None:
        """Put a mark in front of the others."""
        self.marques.append(Marque(list(formes), titre, url))


def text(
    x: float, y: float, words: str, anchor: str = "start", fill: str = ENCRE, weight: int = 400
) -> Forme:
    """Return words of 11 px at a point of their baseline."""
    values = {"x": float(x), "y": float(y), "font-family": "Inter", "font-size": 11, "fill": fill}
    return Forme("text", values | {"text-anchor": anchor, "font-weight": weight}, words)


def rect(x: float, y: float, width: float, height: float, fill: str) -> Forme:
    """Return a bar, with an edge when its colour is too light to stand alone."""
    values: dict[str, object] = {"x": float(x), "y": float(y), "width": float(width), "height": float(height)}
    values["fill"] = fill
    if fill in AVEC_BORD:
        values |= {"stroke": TRAIT, "stroke-width": 0.8}
    return Forme("rect", values)


def hit_area(x: float, y: float, width: float, height: float) -> Forme:
    """Return an invisible rectangle, so that a small bar is as easy to point at as a tall one."""
    values = {"x": float(x), "y": float(y), "width": float(width), "height": float(height)}
    return Forme("rect", values | {"fill": BLANC, "fill-opacity": 0})


def line(x1: float, y1: float, x2: float, y2: float, stroke: str = TRAIT, dashed: bool = False) -> Forme:
    """Return an axis, or the dashed line of a target."""
    values: dict[str, object] = {"x1": float(x1), "y1": float(y1), "x2": float(x2), "y2": float(y2)}
    values |= {"stroke": stroke, "stroke-width": 1.2 if dashed else 1}
    if dashed:
        values["stroke-dasharray"] = "5 4"
    return Forme("line", values)


def polyline(points: list[tuple[float, float]], stroke: str = FONCE) -> Forme:
    """Return a broken line."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    values = {"points": path, "fill": "none", "stroke": stroke, "stroke-width": 2.2}
    return Forme("polyline", values | {"stroke-linejoin": "round"})


def dot(x: float, y: float, radius: float, fill: str = FONCE) -> Forme:
    """Return a point of a line."""
    return Forme("circle", {"cx": float(x), "cy": float(y), "r": float(radius), "fill": fill})


def width_of(words: str) -> float:
    """Estimate the width of words at 11 px, a little too wide rather than too narrow."""
    return len(words) * LETTRE


def shorten(words: str, width: float) -> str:
    """Return words that fit a width, cut with an ellipsis when they are longer."""
    if width_of(words) <= width:
        return words
    return words[: max(int(width / LETTRE) - 1, 1)].rstrip(" ,-–") + "…"
