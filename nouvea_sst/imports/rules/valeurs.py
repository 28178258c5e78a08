"""Values of a file that are none of the house's, and those of the house that look like them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from nouvea_sst.imports.rules.cible import Faute
from nouvea_sst.lib.texte import fold

# By field, then by folded value of the files: what it stands for.
Retenues = Mapping[str, Mapping[str, str]]

LONGUEUR_MAX = 100
MONTREES = 50
PROCHES = 3
RESSEMBLANCE = 0.6


@dataclass(frozen=True)
class Inconnue:
    """A value that a field of the file holds so many times and the house does not know."""

    champ: str
    valeur: str
    nombre: int


def count_unknown(lignes: Iterable[Sequence[Faute]]) -> list[Inconnue]:
    """Return the unknown values that people may match, the most frequent first, once for each spelling."""
    nombres: Counter[tuple[str, str]] = Counter()
    ecrites: dict[tuple[str, str], str] = {}
    for fautes in lignes:
        for faute in fautes:
            if faute.inconnu and 0 < len(faute.valeur) <= LONGUEUR_MAX:
                cle = faute.inconnu, fold(faute.valeur)
                ecrites.setdefault(cle, faute.valeur)
                nombres[cle] += 1
    tries = sorted(nombres, key=lambda cle: (-nombres[cle], cle))
    return [Inconnue(cle[0], ecrites[cle], nombres[cle]) for cle in tries[:MONTREES]]


def resembling(valeur: str, maison: Mapping[str, str]) -> list[str]:
    """Return the values of the house that look like this one, the closest first.

    >>> resembling("Contractuele", {"C": "Contractuel", "F": "Fonctionnaire"})
    ['C']
    """
    plie = fold(valeur)
    notes = {
        choix: max(_likeness(plie, fold(mot)) for mot in (choix, libelle))
        for choix, libelle in maison.items()
    }
    proches = [choix for choix in maison if notes[choix] >= RESSEMBLANCE]
    return sorted(proches, key=lambda choix: -notes[choix])[:PROCHES]


def _likeness(un: str, autre: str) -> float:
    """From 0 to 1; the beginning of a word is as close as one letter off."""
    if len(un) > 1 and len(autre) > 1 and (autre.startswith(un) or un.startswith(autre)):
        return 0.9
    return SequenceMatcher(None, un, autre).ratio()


def translate(textes: Sequence[Sequence[str]], retenues: Mapping[str, str]) -> Sequence[Sequence[str]]:
    """Return the texts of columns with the values of the house in place of those matched with them."""
    return [[retenues.get(fold(t), t) for t in colonne] for colonne in textes] if retenues else textes
