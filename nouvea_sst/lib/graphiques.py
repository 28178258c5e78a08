"""Charts drawn by the server: columns by month, a line with its target, bars, stacked bars.

Each chart is a value that a view or a PDF builder makes; the template shows it::

    graphique = Colonnes(
        titre="Accidents avec arrêt : 27 en dix mois, 7 de moins qu’en 2025",      # the finding
        note="Par mois, trajet à part.",                                            # what, unit, period
        libelles=MOIS_COURTS[:10],
        series=[Serie("2025", (3, 4, …)), Serie("2026", (4, 5, …), urls=("/…", …))],  # last year first
    )
    {% graphique graphique %}             on screen: wide and narrow drawing, marks are links, « Données »
    {% graphique graphique pdf=True %}    on paper: one drawing, no links

A value None is not shown: « n.c. » (fewer than 5 cases), or what `absent` says. Values are never negative.
"""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field

from nouvea_sst.lib import dessin as d
from nouvea_sst.lib.affichage import format_number

Valeur = int | float | None

MOIS_COURTS = (
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)
LARGE, ETROIT, PAPIER = 520.0, 326.0, 680.0  # px: half a page on a screen, a phone, a page of A4


@dataclass(frozen=True)
class Serie:
    """Values under one name, one per label, each with the address of the rows it counts."""

    nom: str
    valeurs: Sequence[Valeur]
    urls: Sequence[str] = ()

    def url(self, rank: int) -> str:
        """Return the address behind a value, an empty string for none."""
        return self.urls[rank] if rank < len(self.urls) else ""


@dataclass(frozen=True)
class Cellule:
    """One cell of the data table; a hidden one reads n.c. in italics."""

    texte: str
    url: str = ""
    cachee: bool = False


@dataclass(frozen=True, kw_only=True)
class Graphique:
    """What every chart has: the finding, its unit and period, its labels, its series."""

    titre: str
    note: str = ""
    libelles: Sequence[str]
    series: Sequence[Serie]
    decimales: int = 0
    unite: str = ""
    absent: str = "n.c."

    def __post_init__(self) -> None:
        """ValueError when a series has not one value per label, or a negative one."""
        for serie in self.series:
            if len(serie.valeurs) != len(self.libelles):
                raise ValueError(f"{serie.nom}: {len(serie.valeurs)} values for {len(self.libelles)} labels")
            if any(v is not None and v < 0 for v in serie.valeurs):
                raise ValueError(f"{serie.nom}: a bar starts at 0 and does not go below")

    @abstractmethod
    def draw(self, width: float) -> d.Dessin:
        """Draw the chart at a width in px."""

    @property
    def large(self) -> d.Dessin:
        """The drawing for a screen."""
        return self.draw(LARGE)

    @property
    def etroit(self) -> d.Dessin:
        """The drawing for a phone."""
        return self.draw(ETROIT)

    @property
    def papier(self) -> d.Dessin:
        """The drawing for a page."""
        return self.draw(PAPIER)

    @property
    def legende(self) -> str:
        """The line under the finding."""
        return self.note

    @property
    def description(self) -> str:
        """The chart in words, for who does not see it."""
        parts = []
        for serie in self.series:
            values = (f"{n} {self.write(v)}" for n, v in zip(self.libelles, serie.valeurs, strict=True))
            parts.append(f"{serie.nom} : {', '.join(values)}")
        return f"{self.titre}. {' ; '.join(parts)}"

    def write(self, value: Valeur) -> str:
        """Write a value with its unit, or the sign of an absent one."""
        if value is None:
            return self.absent
        return format_number(value, self.decimales) + self.unite

    def tableau(self) -> list[tuple[str, list[Cellule]]]:
        """Return the data table: one row a label, one cell a series."""
        return [
            (name, [Cellule(self.write(s.valeurs[i]), s.url(i), s.valeurs[i] is None) for s in self.series])
            for i, name in enumerate(self.libelles)
        ]

    def top(self) -> float:
        """Return the greatest value, at least a little above 0."""
        return max([v for s in self.series for v in s.valeurs if v is not None], default=0) or 1


@dataclass(frozen=True, kw_only=True)
class Colonnes(Graphique):
    """Columns by month, one or two series: this year dark and last, the year before light and first."""

    @property
    def legende(self) -> str:
        """The line under the finding; with two series it says which is which."""
        if len(self.series) < 2:
            return self.note
        return f"{self.note} Foncé\u202f: {self.series[-1].nom}, clair\u202f: {self.series[0].nom}".strip()

    def draw(self, width: float) -> d.Dessin:
        """Draw groups of columns on one base line, the values of this year on top."""
        high = 150.0 if width != LARGE else 140.0
        made, base = d.Dessin(width, high), high - 18
        made.add(d.line(4, base, width, base))
        slot = (width - 4) / max(len(self.libelles), 1)
        thick = min(16.0, slot * 0.34)
        colours = (d.CLAIR, d.FONCE) if len(self.series) > 1 else (d.FONCE,)
        group = thick * len(colours) + (len(colours) - 1)
        for i, name in enumerate(self.libelles):
            left = 4 + slot * i
            start = left + (slot - group) / 2
            shapes = [d.hit_area(left, 0, slot, high)]
            for rank, (serie, colour) in enumerate(zip(self.series, colours, strict=True)):
                value = serie.valeurs[i]
                tall = (value or 0) / self.top() * (base - 20)
                x = start + rank * (thick + 1)
                if tall:
                    shapes.append(d.rect(x, base - tall, thick, tall, colour))
                if colour == d.FONCE:
                    grey = value is None
                    shapes.append(
                        d.text(
                            x + thick / 2,
                            base - tall - 4,
                            self.write(value),
                            "middle",
                            d.GRIS if grey else d.ENCRE,
                            400 if grey else 600,
                        )
                    )
            shown = name if d.width_of(name) <= slot + 4 else name[:1].upper()
            shapes.append(d.text(left + slot / 2, high - 5, shown, "middle", d.GRIS))
            words = ", ".join(f"{self.write(s.valeurs[i])} en {s.nom}" for s in reversed(self.series))
            made.add(*shapes, titre=f"{name} : {words}", url=self.series[-1].url(i))
        return made


@dataclass(frozen=True, kw_only=True)
class Courbe(Graphique):
    """One line over the years, with the target as a dashed line that has its word."""

    objectif: float | None = None

    def draw(self, width: float) -> d.Dessin:
        """Draw the line, each point with its value, the last one strongest."""
        high = 150.0 if width != LARGE else 140.0
        made, base, serie = d.Dessin(width, high), high - 18, self.series[0]
        scale = (base - 26) / max(self.top(), self.objectif or 0)
        made.add(d.line(0, base, width, base))
        step = (width - 54) / max(len(self.libelles) - 1, 1)
        points = [
            None if v is None else (20 + step * i, base - v * scale) for i, v in enumerate(serie.valeurs)
        ]
        target = None if self.objectif is None else base - self.objectif * scale
        if target is not None:
            words = f"objectif {format_number(self.objectif)}{self.unite}"
            under = points[0] is None or not target < points[0][1] < target + 40
            made.add(d.line(0, target, width, target, d.ENCRE, dashed=True))
            made.add(d.text(0, target + (14 if under else -5), words, weight=500))
        for part in _runs(points):
            if len(part) > 1:
                made.add(d.polyline(part))
        for i, (name, place) in enumerate(zip(self.libelles, points, strict=True)):
            self._add_point(made, i, name, place, 20 + step * i, target, min(step, 78))
        return made

    def _add_point(
        self, made: d.Dessin, rank: int, name: str, place: tuple[float, float] | None, x: float,
        target: float | None, slot: float,
    ) -> None:  # fmt: skip
        """Add one point: its hit area as tall as the drawing, its dot, its value, its label."""
        last, high = rank == len(self.libelles) - 1, made.hauteur
        value = self.series[0].valeurs[rank]
        shapes = [d.hit_area(x - slot / 2, 0, slot, high)]
        if place is None:
            shapes.append(d.text(x, high - 26, self.write(None), "middle", d.GRIS))
        else:
            over = place[1] - 8
            clash = target is not None and over - 10 < target < place[1] + 2
            y = place[1] + 18 if clash and place[1] + 22 < high - 18 else over
            shapes.append(d.dot(x, place[1], 4 if last else 2.5))
            shapes.append(d.text(x, y, self.write(value), "middle", weight=700 if last else 500))
        shapes.append(d.text(x, high - 5, name, "middle", d.GRIS))
        made.add(*shapes, titre=f"{name} : {self.write(value)}", url=self.series[0].url(rank))


@dataclass(frozen=True, kw_only=True)
class Barres(Graphique):
    """Horizontal bars, longest names at the left; with a target, bars that miss it are amber."""

    objectif: float | None = None
    mot_objectif: str = "objectif"
    au_plus: bool = False  # the target is a ceiling, not a floor
    complements: Sequence[str] = field(default=())

    def misses(self, value: float) -> bool:
        """Whether a value is on the wrong side of the target."""
        if self.objectif is None:
            return False
        return value > self.objectif if self.au_plus else value < self.objectif

    def draw(self, width: float) -> d.Dessin:
        """Draw one bar a row, the value in the bar when there is a target, else after it."""
        step, top = (22.0, 18.0) if width == ETROIT else (19.0, 18.0) if width == PAPIER else (17.0, 18.0)
        if self.objectif is None:
            top = 2.0
        high = top + step * len(self.libelles) + 4
        left = gutter_of(self.libelles, width)
        right = max([d.width_of(c) + 8 for c in self.complements], default=34.0)
        scale = (width - left - right) / max(self.top(), self.objectif or 0)
        made = d.Dessin(width, high)
        for i, name in enumerate(self.libelles):
            self._add_bar(made, i, name, left, top + step * i, step, scale)
        if self.objectif is not None:
            x = left + self.objectif * scale
            words = f"{self.mot_objectif} {format_number(self.objectif)}{self.unite}"
            anchor = "end" if x + d.width_of(words) / 2 > width else "middle"
            made.add(d.text(min(x, width), 11, words, anchor, weight=500))
            made.add(d.line(x, 15, x, high, d.ENCRE, dashed=True))
        return made

    def _add_bar(
        self, made: d.Dessin, rank: int, name: str, left: float, y: float, step: float, scale: float
    ) -> None:
        """Add one row: name, bar, value, what stands at the right."""
        value, serie = self.series[0].valeurs[rank], self.series[0]
        long, middle, thick = (value or 0) * scale, y + step / 2 + 4, step - 6
        words = self.write(value)
        colour = d.AMBRE if value is not None and self.misses(value) else d.FONCE
        shapes = [d.hit_area(0, y, made.largeur, step)]
        shapes.append(d.text(left - 8, middle, d.shorten(name, left - 8), "end"))
        if long:
            shapes.append(d.rect(left, y + 3, long, thick, colour))
        inside = self.objectif is not None and long > d.width_of(words) + 12
        ink = d.BLANC if inside and colour == d.FONCE else d.GRIS if value is None else d.ENCRE
        shapes.append(
            d.text(
                left + (7 if inside else long + 5),
                middle,
                words,
                fill=ink,
                weight=400 if value is None else 600,
            )
        )
        extra = self.complements[rank] if rank < len(self.complements) else ""
        if extra:
            shapes.append(d.text(made.largeur, middle, extra, "end", d.GRIS))
        title = f"{name} : {words}" + (f", {extra}" if extra else "")
        made.add(*shapes, titre=title, url=serie.url(rank))


@dataclass(frozen=True, kw_only=True)
class BarresEmpilees(Graphique):
    """Horizontal bars made of up to four parts, in the order of reading, the total at the end."""

    couleurs: Sequence[str] = (d.FONCE, d.CLAIR, d.AMBRE, d.MOYEN)

    def draw(self, width: float) -> d.Dessin:
        """Draw the key, then one bar a row; a part as wide as its number carries it."""
        step, cle = (26.0 if width == ETROIT else 23.0), 18.0
        left = gutter_of(self.libelles, width)
        places = self._place_key(left, width)
        top = cle * (places[-1][1] + 1 if places else 1)
        totals = [sum(s.valeurs[i] or 0 for s in self.series) for i in range(len(self.libelles))]
        scale = (width - left - 34) / (max(totals, default=0) or 1)
        made = d.Dessin(width, top + step * len(self.libelles) + 2)
        for (x, rank), serie, colour in zip(places, self.series, self.couleurs, strict=False):
            y = cle * rank
            made.add(d.rect(x, y + 3, 10, 10, colour), d.text(x + 14, y + 12, serie.nom))
        for i, name in enumerate(self.libelles):
            y, x = top + step * i, left
            made.add(d.text(left - 8, y + step / 2 + 4, d.shorten(name, left - 8), "end"))
            for serie, colour in zip(self.series, self.couleurs, strict=False):
                value = serie.valeurs[i]
                if value:
                    self._add_part(
                        made, f"{name}, {serie.nom}", value, serie.url(i), (x, y, value * scale, step), colour
                    )
                    x += value * scale
            made.add(d.text(x + 5, y + step / 2 + 4, self._write_total(i, totals[i]), fill=d.GRIS))
        return made

    def _place_key(self, left: float, width: float) -> list[tuple[float, int]]:
        """Return where each word of the key begins and on which line: a new one when it would not fit."""
        longs = [24 + d.width_of(serie.nom) for serie in self.series]
        start = left if left + sum(longs) <= width else 0.0
        places: list[tuple[float, int]] = []
        x, rank = start, 0
        for long in longs:
            if x > start and x + long > width:
                x, rank = start, rank + 1
            places.append((x, rank))
            x += long
        return places

    def _add_part(
        self, made: d.Dessin, title: str, value: float, url: str, place: tuple[float, ...], colour: str
    ) -> None:
        """Add one part of a bar."""
        x, y, long, step = place
        words = self.write(value)
        shapes = [d.hit_area(x, y, long, step), d.rect(x, y + 3, max(long - 1, 0.5), step - 6, colour)]
        if long >= d.width_of(words) + 2:
            ink = d.BLANC if colour in {d.FONCE, d.MOYEN} else d.ENCRE
            shapes.append(d.text(x + long / 2, y + step / 2 + 4, words, "middle", ink, 600))
        made.add(*shapes, titre=f"{title} : {words}", url=url)

    def _write_total(self, rank: int, total: float) -> str:
        """Write the total of a row, unless a hidden part could be worked out from it."""
        return self.absent if any(s.valeurs[rank] is None for s in self.series) else self.write(total)


def gutter_of(labels: Sequence[str], width: float) -> float:
    """Return the room that names take at the left of bars, at most two fifths of the width."""
    longest = max([d.width_of(name) for name in labels], default=0.0)
    return min(max(longest + 10, 60.0), width * 0.4)


def _runs(points: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """Cut a line where a value is absent."""
    runs: list[list[tuple[float, float]]] = [[]]
    for place in points:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return runs
