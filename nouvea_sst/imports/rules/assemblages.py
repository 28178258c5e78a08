"""Several columns joined into one field, one column cut into two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from nouvea_sst.imports.rules.textes import cell_text, is_empty
from nouvea_sst.lib.texte import fold

# How columns are joined, by the code that a profile keeps: what stands between them, in words.
SEPARATEURS = {
    "espace": (" ", "une espace"),
    "virgule": (", ", "une virgule"),
    "tiret": (" - ", "un tiret"),
    "barre": (" / ", "une barre"),
    "rien": ("", "rien"),
}
MANIERES = {
    "premier": "après le premier mot",
    "dernier": "avant le dernier mot",
    "separateur": "à ce signe",
    "position": "après tant de signes",
}


@dataclass(frozen=True)
class Coupe:
    """Where a column is cut, and the field that its second part fills."""

    maniere: str
    repere: str
    second: str

    def cut(self, texte: str) -> tuple[str, str]:
        """Return both parts; a text that is not to be cut is all in the first.

        >>> Coupe("premier", "", "prenom").cut("BOULA Nathalie Anne")
        ('BOULA', 'Nathalie Anne')
        """
        if self.maniere == "premier":
            un, _, deux = texte.partition(" ")
        elif self.maniere == "dernier":
            un, _, deux = texte.rpartition(" ") if " " in texte else (texte, "", "")
        elif self.maniere == "position":
            un, deux = texte[: int(self.repere)], texte[int(self.repere) :]
        else:
            un, _, deux = texte.partition(self.repere)
        return un.strip(), deux.strip()


@dataclass(frozen=True)
class Assemblages:
    """What is joined, by field the code of what stands between; what is cut, by folded header."""

    jointures: Mapping[str, str] = field(default_factory=dict)
    coupes: Mapping[str, Coupe] = field(default_factory=dict)

    @classmethod
    def from_json(cls, donnees: Mapping[str, Mapping]) -> "Assemblages":
        """Read what a profile stores."""
        coupes = {entete: Coupe(*parts) for entete, parts in donnees.get("coupes", {}).items()}
        return cls(dict(donnees.get("jointures", {})), coupes)

    def as_json(self) -> dict[str, dict]:
        """What a profile stores."""
        coupes = {entete: [c.maniere, c.repere, c.second] for entete, c in self.coupes.items()}
        return {"jointures": dict(self.jointures), "coupes": coupes}


@dataclass(frozen=True)
class Lecture:
    """Where the value of a field is read: one column, several joined, or a part of one."""

    rangs: tuple[int, ...]
    champ: str
    separateur: str = ""
    coupe: Coupe | None = None
    part: int = 0

    @property
    def simple(self) -> bool:
        """Whether it is a whole column."""
        return len(self.rangs) == 1 and self.coupe is None

    def name(self, entetes: Sequence[str]) -> str:
        """The headers, as the file writes them."""
        return " + ".join(entetes[rang] for rang in self.rangs)

    def read(self, cellules: Sequence[object]) -> object:
        """Return what the field is given of a row."""
        textes = [cell_text(cellules[rang]) for rang in self.rangs if rang < len(cellules)]
        if self.coupe is not None:
            return self.coupe.cut(textes[0])[self.part] if textes else ""
        return self.separateur.join(texte for texte in textes if not is_empty(texte))


def find_readings(
    entetes: Sequence[str], choix: Mapping[int, str], assemblages: Assemblages
) -> list[Lecture]:
    """Return where each field is read, in the order of the columns."""
    lectures: dict[str, Lecture] = {}
    for rang, champ in choix.items():
        coupe = assemblages.coupes.get(fold(entetes[rang]))
        deja = lectures.get(champ)
        if coupe is not None:
            lectures[champ] = Lecture((rang,), champ, coupe=coupe)
            if coupe.second:
                lectures[coupe.second] = Lecture((rang,), coupe.second, coupe=coupe, part=1)
        elif deja is not None and champ in assemblages.jointures:
            separateur = SEPARATEURS[assemblages.jointures[champ]][0]
            lectures[champ] = replace(deja, rangs=(*deja.rangs, rang), separateur=separateur)
        else:
            lectures[champ] = Lecture((rang,), champ)
    return list(lectures.values())


def extend_row(cellules: Sequence[object], largeur: int, derivees: Sequence[Lecture]) -> list[object]:
    """Return the row with what is joined and cut after its last column."""
    pleine = [*cellules, *[None] * (largeur - len(cellules))]
    return [*pleine, *(lecture.read(cellules) for lecture in derivees)]


def describe_assemblages(entetes: Sequence[str], lectures: Sequence[Lecture]) -> list[str]:
    """« Rue + Ville jointes », « Agent coupée en deux »."""
    jointes = [f"{lecture.name(entetes)} jointes" for lecture in lectures if len(lecture.rangs) > 1]
    coupees = [
        f"{lecture.name(entetes)} coupée en deux"
        for lecture in lectures
        if lecture.coupe and not lecture.part
    ]
    return jointes + coupees
