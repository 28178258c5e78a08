"""What a register brings that looks like a mistake, without being one for sure."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches
from typing import Any

from agents.rules.annuaire import full_name
from nouvea_sst.imports.rules.cible import Faute
from nouvea_sst.lib.dates import years_between
from nouvea_sst.lib.texte import fold

PRESQUE = 0.8
DEBUT = 2


def warn_dates(valeurs: Mapping[str, Any], jour: datetime.date, age_improbable: int) -> list[Faute]:
    """Return what is unlikely in the dates of a row: somebody very old still here, a hire yet to come."""
    naissance, embauche = valeurs.get("date_naissance"), valeurs.get("date_embauche")
    avertissements = []
    if naissance and not valeurs.get("date_depart") and years_between(naissance, jour) >= age_improbable:
        motif = f"L’agent aurait {years_between(naissance, jour)} ans sans être parti : vérifiez l’année."
        avertissements.append(Faute("date_naissance", f"{naissance:%d/%m/%Y}", motif))
    if embauche and embauche > jour:
        avertissements.append(Faute("date_embauche", f"{embauche:%d/%m/%Y}", "L’embauche est à venir."))
    return avertissements


@dataclass
class Semblables:
    """Agents findable by what nearly says the same: same day of birth, or same words in the name."""

    _par_naissance: dict[datetime.date, list[tuple[str, str]]] = field(default_factory=dict)
    _par_nom: dict[str, list[tuple[datetime.date | None, str]]] = field(default_factory=dict)

    def add(self, valeurs: Mapping[str, Any], qui: str) -> None:
        """Take in somebody under the words that name him."""
        mots, naissance = _words(valeurs), valeurs.get("date_naissance")
        if naissance:
            self._par_naissance.setdefault(naissance, []).append((mots, qui))
        self._par_nom.setdefault(mots, []).append((naissance, qui))

    def find(self, valeurs: Mapping[str, Any]) -> str:
        """Return who is nearly the same person, empty when nobody is."""
        mots, naissance = _words(valeurs), valeurs.get("date_naissance")
        for autres, qui in self._par_naissance.get(naissance, []) if naissance else []:
            if _look_alike(mots, autres):
                return qui
        for autre, qui in self._par_nom.get(mots, []):
            if _nearly(naissance, autre):
                return qui
        return ""


def _look_alike(un: str, autre: str) -> bool:
    """Whether two texts are nearly one; what is quick to tell comes first."""
    compare = SequenceMatcher(None, un, autre)
    return (
        compare.real_quick_ratio() >= PRESQUE
        and compare.quick_ratio() >= PRESQUE
        and compare.ratio() >= PRESQUE
    )


def _words(valeurs: Mapping[str, Any]) -> str:
    """The words of a name in one order: a name and a first name that changed places are the same."""
    return " ".join(sorted(fold(f"{valeurs.get('nom') or ''} {valeurs.get('prenom') or ''}").split()))


def _nearly(un: datetime.date | None, autre: datetime.date | None) -> bool:
    """Whether two births may be one: one unknown, one number off, or day and month that changed places."""
    if un is None or autre is None:
        return True
    memes = (un.year == autre.year) + (un.month == autre.month) + (un.day == autre.day)
    return memes >= 2 or (un.year, un.month, un.day) == (autre.year, autre.day, autre.month)


@dataclass
class Voisins:
    """Labels of a small table by their first letters, to find the one that a new label nearly repeats."""

    _par_debut: dict[str, dict[str, str]] = field(default_factory=dict)
    _trouves: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, libelles: Iterable[str]) -> "Voisins":
        """Take in the labels known."""
        voisins = cls()
        for libelle in libelles:
            plie = fold(libelle)
            voisins._par_debut.setdefault(plie[:DEBUT], {})[plie] = libelle
        return voisins

    def find(self, libelle: str) -> str:
        """Return the known label that this new one nearly repeats, empty when none does."""
        plie = fold(libelle)
        if plie not in self._trouves:
            connus = self._par_debut.get(plie[:DEBUT], {})
            proches = get_close_matches(plie, [c for c in connus if c != plie], 1, PRESQUE)
            self._trouves[plie] = connus[proches[0]] if proches else ""
        return self._trouves[plie]


def near_name(valeurs: Mapping[str, Any], qui: str) -> Faute:
    """The warning of a new agent who is nearly another one."""
    motif = f"Presque pareil à {qui} : si c’est la même personne, corrigez le fichier."
    return Faute("nom", full_name(valeurs), motif)
