"""How an app declares what may be imported: as data, in its imports.py."""

import datetime
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from nouvea_sst.lib.texte import fold

Valeurs = dict[str, Any]


class Nature(StrEnum):
    """How the cells of a column are read."""

    TEXTE = "texte"
    DATE = "date"
    CHOIX = "choix"
    ENTIER = "entier"
    DECIMAL = "decimal"
    OUI_NON = "oui_non"


class ValeurInconnue(ValueError):
    """A value that is none of the house's: a person may say once which one it stands for."""


@dataclass(frozen=True, slots=True)
class Faute:
    """Why a row is refused, or deserves a look: field or header, value as it stands, reason in French.

    inconnu: the field whose value is none of the house's, where a person may choose one.
    ecarte: the row is none of the target's business: it is left aside, whatever else is wrong with it.
    retire: the same, but what an earlier file brought under its number is to be taken away.
    rivale: another row of the file is why this one is refused: without it, it would have been taken.
    """

    colonne: str
    valeur: str
    motif: str
    inconnu: str = ""
    ecarte: bool = False
    retire: bool = False
    rivale: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A row of another table that a value points at, or that the import will add (`nouvelle`)."""

    cle: int | str
    libelle: str = field(compare=False)
    nouvelle: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        return self.libelle


@dataclass(frozen=True)
class Champ:
    """A field that a column can fill.

    synonymes: whole headers, best first; fragments: words that suffice inside a longer header.
    lire: turns text into the stored value, raises ValueError with a French sentence.
    convient: whether a column's texts may be this field; a header alone then does not decide.
    devine: whether texts alone say that the column is this field.
    decrire: words on a column that was read, for the line « Reconnu ».
    offrir: the values of the house, as the field reads them, with their labels; a choice offers its own.
    fin_exclue: the file writes the day after the last one; the last one is stored.
    vide_efface: a cell that says nothing, in a column that is read, empties the field.
    """

    nom: str
    libelle: str
    nature: Nature = Nature.TEXTE
    synonymes: tuple[str, ...] = ()
    fragments: tuple[str, ...] = ()
    longueur: int = 0
    choix: Mapping[str, str] = field(default_factory=dict)
    attendu: str = ""
    libelles: Mapping[str, str] = field(default_factory=dict)
    lire: Callable[[str], Any] | None = None
    convient: Callable[[Sequence[str]], bool] | None = None
    devine: Callable[[Sequence[str]], bool] | None = None
    decrire: Callable[[Sequence[str]], str] | None = None
    pivot: int = 50
    offrir: Callable[[], Mapping[str, str]] | None = None
    fin_exclue: bool = False
    vide_efface: bool = False

    def house_values(self) -> dict[str, str]:
        """The values that an unknown one may stand for, with their labels; none where any text will do."""
        if self.offrir is not None:
            return dict(self.offrir())
        return {valeur: self.libelles.get(valeur, valeur) for valeur in self.choix.values()}

    def knows(self, texte: str) -> bool:
        """Whether a text is one of the choices, in words or as it is stored."""
        return fold(texte) in self.choix or texte in self.choix.values()

    def show(self, valeur: Any) -> str:
        """Write a stored value as a person reads it."""
        if valeur is None or valeur == "":
            return ""
        if isinstance(valeur, datetime.date):
            return f"{valeur:%d/%m/%Y}"
        if isinstance(valeur, datetime.time):
            return f"{valeur:%H:%M}"
        if isinstance(valeur, bool):
            return "oui" if valeur else "non"
        if isinstance(valeur, Decimal):
            return f"{valeur.normalize():f}".replace(".", ",")
        if isinstance(valeur, Reference) and valeur.nouvelle:
            return f"{valeur} (à créer)"
        return self.libelles.get(str(valeur), str(valeur))


@dataclass(frozen=True)
class Cle:
    """Fields that together tell rows apart. An `identifiante` key is kept even where the file doubles it."""

    champs: tuple[str, ...]
    identifiante: bool = False

    @property
    def nom(self) -> str:
        """As profiles store it: « nom+prenom+date_naissance »."""
        return "+".join(self.champs)


@dataclass(frozen=True)
class Ajouts:
    """Rows of other tables that the import would add: what they are, in the singular, and their labels."""

    titre: str
    libelles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rapprochement:
    """What the database knows about a row: nothing (pk None), or the record with its present values.

    attente: what the row points at and nobody knows yet, when nothing else is wrong with it.
    avertissements: what deserves a look without refusing the row.
    """

    pk: int | None = None
    connu: Valeurs = field(default_factory=dict)
    faute: Faute | None = None
    attente: Faute | None = None
    avertissements: tuple[Faute, ...] = ()


@dataclass(frozen=True, slots=True)
class LigneLue:
    """A row that passed its own checks: number in the file, values, key.

    retiree: left aside by them, it may take away what bears its key; its values may be wrong.
    """

    numero: int
    valeurs: Valeurs
    cle: str
    retiree: bool = False


@dataclass(frozen=True)
class Confrontation:
    """Answer of the target for all rows, in their order. A target may rewrite the values of its rows.

    retenir: leaves in the context, of what the rows would add beside them, what these keys name, and returns
    it; asked again, with fewer keys, each time rows are refused.
    """

    rapprochements: list[Rapprochement]
    contexte: Any = None
    retenir: Callable[[Set[int | str]], list[Ajouts]] | None = None


@dataclass(frozen=True)
class Absent:
    """A record that the house knows and a full file leaves out; pas_avant: the first day it may have left."""

    cle: int
    libelle: str
    repere: str = ""
    situation: str = ""
    pas_avant: datetime.date | None = None


@dataclass(frozen=True)
class Absents:
    """Those whom a full file leaves out, among so many that it should hold; portee: which, in a sentence."""

    effectif: int
    proposes: tuple[Absent, ...] = ()
    portee: str = ""


@dataclass(frozen=True)
class Cible:
    """One thing that can be imported.

    nommer: name of a record in a sentence; titrer: in a list; reperer: its number.
    virtuels: fields that are read but not compared (they are turned into others by confronter).
    sans_casse: fields where capitals alone are no change.
    resume: fields that the preview shows first of a new record.
    completer: derives values from others, in place.
    controler: gives, for a day, the checks of one row by itself; a fault names the field.
    avertir: the same for what deserves a look without refusing the row; asked of rows that write something.
    confronter: looks for the rows in the database, for the account that imports. It reads only.
    appliquer: writes; keyword-only; returns what was added beside the rows, by title.
    reprendre: settles what an undo gives back or is about to remove: keyword-only acteur, crees and modifies,
    the keys by model.
    heurter: what stands by now where an undo would give rows back, from the traces, as far as a reader sees.
    meme: the record in a sentence, when two rows claim it.
    droit: the right that one needs beside that of importing; nobody else reads these imports.
    fichier, entetes: the file of the former software that brings this, with its columns.
    chercher_absents: whom a file that should hold everybody leaves out; keyword-only presents, the keys
    found, crees and refuses, the values of those rows, jour and acteur. It reads only.
    faire_partir: writes that some of them left: keyword-only acteur, jour, departs, the day by key.
    modele: what a row is a record of. fiche: name of the page of a record, `rubrique` what its address says
    before the key; cle_fiche: its key, in the record. porteur: the agent or structure that a list of records
    reads with each of them. accueil: name of the page that lists them all, under `rubrique` too; voir: the
    words of the way there; lecture: the right that these pages ask, where it is not that of importing.
    qui, numero: heads of the columns of what titrer and reperer give.
    """

    code: str
    libelle: str
    nom: str
    champs: tuple[Champ, ...]
    obligatoires: tuple[str, ...]
    cles: tuple[Cle, ...]
    cle_secours: Cle
    nommer: Callable[[Valeurs], str]
    titrer: Callable[[Valeurs], str]
    reperer: Callable[[Valeurs], str]
    completer: Callable[[Valeurs], None]
    controler: Callable[[datetime.date], Callable[[Valeurs], list[Faute]]]
    confronter: Callable[[Sequence[LigneLue], Any], Confrontation]
    appliquer: Callable[..., dict[str, int]]
    obtenus: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    virtuels: frozenset[str] = frozenset()
    sans_casse: frozenset[str] = frozenset()
    resume: tuple[str, ...] = ()
    calcules: tuple[Champ, ...] = ()
    reprendre: Callable[..., None] | None = None
    heurter: Callable[[Sequence[Any], Any], Sequence[Any]] | None = None
    avertir: Callable[[datetime.date], Callable[[Valeurs], list[Faute]]] | None = None
    chercher_absents: Callable[..., Absents] | None = None
    faire_partir: Callable[..., None] | None = None
    modele: Any = None
    fiche: str = ""
    cle_fiche: str = "pk"
    rubrique: tuple[str, ...] = ()
    porteur: str = ""
    accueil: str = ""
    voir: str = ""
    lecture: str = ""
    qui: str = ""
    numero: str = "Numéro"
    meme: str = "cette personne"
    droit: str = ""
    fichier: str = ""
    entetes: str = ""

    @property
    def effacables(self) -> frozenset[str]:
        """Fields that an empty cell empties."""
        return frozenset(champ.nom for champ in self.champs if champ.vide_efface)

    @property
    def requis(self) -> frozenset[str]:
        """Fields of the file that each row needs, or of which each row needs one."""
        sources = {
            source for source, obtenus in self.obtenus.items() if set(obtenus) & set(self.obligatoires)
        }
        return frozenset(self.obligatoires) | sources

    @cached_property
    def stored(self) -> tuple[Champ, ...]:
        """Fields that a row may fill and a record keeps, those of `resume` first."""
        gardes = [champ for champ in (*self.champs, *self.calcules) if champ.nom not in self.virtuels]
        return tuple(sorted(gardes, key=lambda champ: champ.nom not in self.resume))

    def champ(self, nom: str) -> Champ:
        """Return a declared or computed field. Raises KeyError."""
        for champ in (*self.champs, *self.calcules):
            if champ.nom == nom:
                return champ
        raise KeyError(nom)

    def label(self, nom: str) -> str:
        """Label of a field, or the name itself when it is none."""
        try:
            return self.champ(nom).libelle
        except KeyError:
            return nom

    def cle_nommee(self, nom: str) -> Cle | None:
        """Return the key of this name, declared here or made of known fields."""
        for cle in self.cles:
            if cle.nom == nom:
                return cle
        champs = tuple(nom.split("+"))
        connus = {c.nom for c in self.champs}
        return Cle(champs) if nom and set(champs) <= connus else None

    def describe_key(self, cle: Cle) -> str:
        """« nom d’usage + prénom + date de naissance »."""
        return " + ".join(self.label(c)[:1].lower() + self.label(c)[1:] for c in cle.champs)

    def supplied(self, choisis: set[str]) -> set[str]:
        """Fields that the chosen columns give, those that others can be split into included."""
        return choisis | {o for source, obtenus in self.obtenus.items() if source in choisis for o in obtenus}


def known_headers(champs: Sequence[Champ]) -> frozenset[str]:
    """Every folded header that some field knows."""
    return frozenset(fold(s) for champ in champs for s in champ.synonymes)
