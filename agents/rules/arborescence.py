"""Finds in the tree what a register names, by sigle or by name; else adds a node to it."""

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass, field

from agents.enums import NiveauStructure
from nouvea_sst.lib.texte import fold

SIGLE_MAX = 20
LIBELLE_MAX = 200
SIGLE = re.compile(r"[A-ZÀ-Ý0-9][A-ZÀ-Ý0-9/&._-]{0,11}")
SIGLE_ET_NOM = re.compile(r"(\S{1,20})\s+([–—-])\s+(\S.*)")
VIDES = frozenset("a an and au aux d de des du en et for l la le les of the un une".split())
NIVEAUX = (NiveauStructure.DIRECTION, NiveauStructure.SERVICE, NiveauStructure.SECTION)


class StructureAmbigue(ValueError):
    """Several structures answer to a name; the message says so in French."""


@dataclass(eq=False)
class Noeud:
    """A structure that exists (pk) or that the register brings (no pk)."""

    pk: int | None
    sigle: str
    libelle: str
    niveau: str
    parent: "Noeud | None" = None

    @property
    def cle(self) -> int | str:
        """What tells it from any other, before it has a key of its own."""
        return self.pk if self.pk is not None else f"nouvelle:{self.sigle}"

    def is_under(self, autre: "Noeud") -> bool:
        """Whether it stands somewhere under the other."""
        parent = self.parent
        while parent is not None and parent is not autre:
            parent = parent.parent
        return parent is autre

    def __str__(self) -> str:
        return self.libelle if self.sigle == self.libelle else f"{self.sigle} – {self.libelle}"


@dataclass(frozen=True)
class Designation:
    """How a row of a register names its structure; every part may be empty."""

    direction_sigle: str = ""
    direction: str = ""
    service_sigle: str = ""
    service: str = ""
    section: str = ""
    entite: str = ""

    @property
    def vide(self) -> bool:
        """Whether it names nothing."""
        return not any(
            (
                self.direction_sigle,
                self.direction,
                self.service_sigle,
                self.service,
                self.section,
                self.entite,
            )
        )


@dataclass
class Arbre:
    """The open structures, and those that a register adds as it is read, parents first."""

    noeuds: list[Noeud]
    nouveaux: list[Noeud] = field(default_factory=list)
    _vus: dict[Designation, Noeud] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._sigles = {fold(n.sigle): n for n in reversed(self.noeuds)}
        self._noms: dict[str, list[Noeud]] = {}
        for noeud in self.noeuds:
            self._noms.setdefault(fold(noeud.libelle), []).append(noeud)
        racines = [n for n in self.noeuds if n.niveau == NiveauStructure.VILLE and n.parent is None]
        self._racine = racines[0] if len(racines) == 1 else None

    def resolve(self, nomme: Designation) -> Noeud | None:
        """Return the deepest structure named, adding those that are missing. Raises StructureAmbigue."""
        if nomme.vide:
            return None
        if nomme not in self._vus:
            self._vus[nomme] = self._walk(nomme)
        return self._vus[nomme]

    def keep(self, cles: Set[int | str]) -> None:
        """Add, of the missing structures, only those of these keys and those above them."""
        gardes: set[int | str] = set()
        for noeud in self.nouveaux:
            courant: Noeud | None = noeud if noeud.cle in cles else None
            while courant is not None:
                gardes.add(courant.cle)
                courant = courant.parent
        self.nouveaux = [noeud for noeud in self.nouveaux if noeud.cle in gardes]

    def _walk(self, nomme: Designation) -> Noeud:
        """From direction to section, then the structure named alone."""
        etapes = (
            (NiveauStructure.DIRECTION, nomme.direction_sigle, nomme.direction),
            (NiveauStructure.SERVICE, nomme.service_sigle, nomme.service),
            (NiveauStructure.SECTION, "", nomme.section),
        )
        courant: Noeud | None = None
        for niveau, sigle, libelle in etapes:
            if sigle or libelle:
                courant = self._find_or_add(niveau, sigle, libelle, courant)
        if nomme.entite:
            courant = self._find_or_add(guess_level(nomme.entite, courant), "", nomme.entite, courant)
        if courant is None:
            raise StructureAmbigue("La structure n’a pas de nom.")
        return courant

    def _find_or_add(self, niveau: str, sigle: str, libelle: str, parent: Noeud | None) -> Noeud:
        if not sigle and (coupe := SIGLE_ET_NOM.fullmatch(libelle)) and is_sigle(coupe[1]):
            # A long dash is how this software writes « SIGLE – nom »; a short one may be part of the name.
            porteur = None if "-" not in coupe[2] else self._sigles.get(fold(coupe[1]))
            if porteur is None or fold(porteur.libelle) in {fold(coupe[1]), fold(coupe[3])}:
                sigle, libelle = coupe[1], coupe[3]
        connu = self._find(niveau, sigle, libelle, parent)
        return connu or self._add(niveau, sigle, libelle, parent)

    def _find(self, niveau: str, sigle: str, libelle: str, parent: Noeud | None) -> Noeud | None:
        """By sigle anywhere: no two open structures share one; by name under the parent, if there is one."""
        if sigle:
            return self._sigles.get(fold(sigle))
        meme = parent is not None and fold(libelle) in {fold(parent.libelle), fold(parent.sigle)}
        if meme:
            return parent
        trouves = [n for n in self._noms.get(fold(libelle), []) if parent is None or n.is_under(parent)]
        du_niveau = [n for n in trouves if n.niveau == niveau] or trouves
        if len(du_niveau) > 1:
            raise StructureAmbigue("Plusieurs structures portent ce nom : ajoutez au fichier leur direction.")
        if du_niveau:
            return du_niveau[0]
        return self._sigles.get(fold(libelle)) if is_sigle(libelle) else None

    def _add(self, niveau: str, sigle: str, libelle: str, parent: Noeud | None) -> Noeud:
        propose = sigle or (libelle if is_sigle(libelle) else initials(libelle))
        if not sigle and parent is not None and not is_sigle(libelle):
            propose = f"{parent.sigle}-{propose}"
        noeud = Noeud(
            None, self._free_sigle(propose), (libelle or sigle)[:LIBELLE_MAX], niveau, parent or self._racine
        )
        self.nouveaux.append(noeud)
        self._sigles[fold(noeud.sigle)] = noeud
        self._noms.setdefault(fold(noeud.libelle), []).append(noeud)
        return noeud

    def _free_sigle(self, propose: str) -> str:
        """Return the sigle, cut to its length, with a rank when it is taken."""
        base = propose[:SIGLE_MAX].rstrip("-") or "S"
        sigle, rang = base, 1
        while fold(sigle) in self._sigles:
            rang += 1
            fin = f"-{rang}"
            sigle = f"{base[: SIGLE_MAX - len(fin)].rstrip('-')}{fin}"
        return sigle


def is_sigle(texte: str) -> bool:
    """Whether a text is written as a sigle: short, upper case, one word.

    >>> is_sigle("SEFP-PST"), is_sigle("Voirie")
    (True, False)
    """
    return bool(SIGLE.fullmatch(texte))


def are_sigles(textes: Iterable[str]) -> bool:
    """Whether nearly all texts of a column are sigles."""
    textes = list(textes)
    return bool(textes) and sum(map(is_sigle, textes)) >= 0.9 * len(textes)


def initials(libelle: str) -> str:
    """Return the first letters of the words that count.

    >>> initials("Service de la Vie scolaire")
    'SVS'
    """
    mots = [m for m in fold(libelle).split() if m not in VIDES and m[0].isalnum()]
    if len(mots) == 1:
        return mots[0][:8].upper()
    return "".join(m[0] for m in mots).upper()[:12]


def guess_level(libelle: str, parent: Noeud | None) -> str:
    """Level of a structure named alone: by its first word, else one under its parent, else service."""
    premier = fold(libelle).split(" ")[0]
    par_mot = {"direction": NIVEAUX[0], "service": NIVEAUX[1], "section": NIVEAUX[2], "cellule": NIVEAUX[2]}
    if premier in par_mot:
        return par_mot[premier]
    if parent is None or parent.niveau not in NIVEAUX:
        return NiveauStructure.SERVICE
    return NIVEAUX[min(NIVEAUX.index(NiveauStructure(parent.niveau)) + 1, 2)]
