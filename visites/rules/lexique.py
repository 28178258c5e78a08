"""Words of a shared text that look like a disease, a drug, an act of care or an organ.

Read without accents, capitals, plurals, elision, hyphens or invisible signs; a letter of another alphabet
that looks like one of ours counts as ours. A word of work is admitted, and covers the clinical word in it.
"""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from visites.enums import GenreMot

DEBUT_MIN = 4
MOTS_MAX = 5

_LETTRES = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ɑ": "a", "ɡ": "g"}
_CAPITALES = dict(zip("ВНРСТМКХУΒΕΖΗΙΚΜΝΟΡΤΥΧΑ", "bhpctmkxybezhikmnoptyxa", strict=True))
_SOSIES = dict(zip("аеорсухіјѕкмтвнԁһӏαονρτικυεγ", "aeopcyxijskmtbhdhlaovptikuey", strict=True))
_TRAITS = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")
_APOSTROPHES = frozenset("'\u2018\u2019\u02bc\u00b4`")
_GENOU = "genoux"


@dataclass(frozen=True)
class Terme:
    """An entry of the lexicon: a word or a few, whole or as the beginning of a word."""

    libelle: str
    genre: str
    debut: bool = False


@dataclass(frozen=True)
class Marque:
    """A clinical word of a text: where it stands, as it was typed, and the key by which it is confirmed."""

    debut: int
    fin: int
    mot: str
    cle: str
    genre: str


@dataclass(frozen=True)
class _Mot:
    """A word of a text, folded, with its place; `lie`: a hyphen alone ties it to the one before."""

    plie: str
    debut: int
    fin: int
    lie: bool
    suit: bool


class Lexique:
    """Entries ready to be looked for."""

    def __init__(self, termes: Iterable[Terme]) -> None:
        self.entiers: dict[tuple[str, ...], str] = {}
        self.debuts: dict[tuple[str, ...], str] = {}
        for terme in termes:
            mots = words_of(terme.libelle)
            if mots and terme.debut:
                self.debuts[(*map(singular, mots[:-1]), mots[-1])] = terme.genre
            elif mots:
                self.entiers[tuple(map(singular, mots))] = terme.genre
        self.longueurs = {len(cle[-1]) for cle in self.debuts}

    def genre_of(self, mots: Sequence[str]) -> str:
        """Return the kind of these folded words taken together, or «»."""
        unis = tuple(map(singular, mots))
        genre = self.entiers.get(unis, "")
        if genre:
            return genre
        avant, dernier = unis[:-1], mots[-1]
        trouves = (
            self.debuts.get((*avant, dernier[:longueur]), "")
            for longueur in sorted(self.longueurs, reverse=True)
            if longueur <= len(dernier)
        )
        return next((genre for genre in trouves if genre), "")


@lru_cache(maxsize=4)
def compile_lexique(termes: tuple[Terme, ...]) -> Lexique:
    """Return the lexicon of these entries; the same entries are prepared once."""
    return Lexique(termes)


def words_of(texte: str) -> list[str]:
    """Return the folded words of a text."""
    return [mot.plie for mot in _split(texte)]


def singular(mot: str) -> str:
    """Return a folded word without its French plural: « hernies » → « hernie », « canaux » → « canal »."""
    if mot.endswith(("eaux", "eux")) or mot == _GENOU:
        return mot[:-1]
    if len(mot) > 3 and mot.endswith("aux"):
        return f"{mot[:-3]}al"
    return mot[:-1] if len(mot) > 3 and mot.endswith("s") else mot


def find_marks(texte: str, lexique: Lexique) -> list[Marque]:
    """Return the clinical words of a text in their order; the longest wins where two overlap."""
    mots = _split(texte)
    trouvees = [
        Marque(mots[i].debut, mots[j].fin, texte[mots[i].debut : mots[j].fin], cle, genre)
        for i in range(len(mots))
        for j in range(i, min(i + MOTS_MAX, len(mots)))
        if _together(mots, i, j)
        for cle, genre in _read(mots[i : j + 1], lexique)
    ]
    admises = [m for m in trouvees if m.genre == GenreMot.ADMIS]
    cliniques = [
        m
        for m in trouvees
        if m.genre != GenreMot.ADMIS and not any(a.debut <= m.debut and m.fin <= a.fin for a in admises)
    ]
    gardees: list[Marque] = []
    for marque in sorted(cliniques, key=lambda m: (m.debut - m.fin, m.debut)):
        if not any(marque.debut < autre.fin and autre.debut < marque.fin for autre in gardees):
            gardees.append(marque)
    return sorted(gardees, key=lambda m: m.debut)


def distinct(marques: Iterable[Marque]) -> list[Marque]:
    """Return each word once, as it first stands."""
    return list({marque.cle: marque for marque in reversed(list(marques))}.values())[::-1]


def unconfirmed(marques: Iterable[Marque], confirmes: Collection[str]) -> list[Marque]:
    """Return each word that nobody has confirmed, once."""
    return [marque for marque in distinct(marques) if marque.cle not in confirmes]


def word_refusal(marques: Sequence[Marque]) -> str:
    """Say which words are to be removed or confirmed, and what they look like."""
    mots = ", ".join(f"«\u00a0{m.mot}\u00a0» ({GenreMot(m.genre).label.lower()})" for m in marques)
    if len(marques) == 1:
        return f"Mot à relire\u202f: {mots}. Retirez-le, ou confirmez-le en cochant sa case."
    return f"Mots à relire\u202f: {mots}. Retirez-les, ou confirmez chacun en cochant sa case."


def cut_text(texte: str, marques: Sequence[Marque]) -> list[tuple[str, bool]]:
    """Return the text in pieces, each with whether it is a marked word; joined they are the text again."""
    morceaux, rang = [], 0
    for marque in marques:
        morceaux += [(texte[rang : marque.debut], False), (texte[marque.debut : marque.fin], True)]
        rang = marque.fin
    return [(morceau, marque) for morceau, marque in [*morceaux, (texte[rang:], False)] if morceau]


def refuse_terme(terme: Terme) -> str:
    """Return why an entry cannot be looked for, or «»."""
    mots = words_of(terme.libelle)
    if not any(lettre.isalpha() for mot in mots for lettre in mot):
        return "Écrivez au moins un mot."
    if len(mots) > MOTS_MAX:
        return f"Une entrée tient en {MOTS_MAX} mots."
    if terme.debut and len(mots[-1]) < DEBUT_MIN:
        return f"Un début de mot a au moins {DEBUT_MIN} lettres\u202f: plus court, il en marquerait trop."
    if not terme.debut and len("".join(mots)) < 2:
        return "Un mot a au moins deux lettres."
    return ""


def _read(mots: Sequence[_Mot], lexique: Lexique) -> list[tuple[str, str]]:
    """What these words say, apart or, tied by hyphens, as one."""
    plies = [mot.plie for mot in mots]
    lectures = [plies]
    if len(mots) > 1 and all(mot.lie for mot in mots[1:]) and not lexique.genre_of(plies[:1]):
        lectures.append(["".join(plies)])
    lus = [(" ".join(lecture), lexique.genre_of(lecture)) for lecture in lectures]
    return [(cle, genre) for cle, genre in lus if genre][:1]


def _together(mots: Sequence[_Mot], premier: int, dernier: int) -> bool:
    """Whether no punctuation parts these words."""
    return all(mot.suit for mot in mots[premier + 1 : dernier + 1])


def _split(texte: str) -> list[_Mot]:
    mots: list[_Mot] = []
    lettres, debut, fin, entre = "", 0, 0, ""
    for rang, signe in enumerate(f"{texte} "):
        plie = _fold(signe)
        if plie is None:
            continue
        if plie:
            debut = debut if lettres else rang
            lettres, fin = lettres + plie, rang + 1
            continue
        if lettres:
            mots.append(_Mot(lettres, debut, fin, _ties(entre), _follows(entre)))
            lettres, entre = "", ""
        entre += signe
    return mots


def _fold(signe: str) -> str | None:
    """Return the letters or digits of a sign, «» for a separator, None for what nobody sees."""
    if unicodedata.category(signe) in {"Cf", "Mn"}:
        return None
    lettres = ""
    for lettre in unicodedata.normalize("NFKD", signe):
        lettre = _CAPITALES.get(lettre, lettre).casefold()
        lettre = _SOSIES.get(lettre, _LETTRES.get(lettre, lettre))
        lettres += "".join(c for c in lettre if c.isalnum())
    return lettres


def _ties(entre: str) -> bool:
    """Whether a hyphen alone stands between two words, at the end of a line or not."""
    return entre[:1] in _TRAITS and not entre[1:].strip() and (len(entre) == 1 or "\n" in entre)


def _follows(entre: str) -> bool:
    return all(signe.isspace() or signe in _TRAITS or signe in _APOSTROPHES for signe in entre)
