"""Whether two files bear one identity; what stays of a period when others have taken days of it."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from agents.rules.annuaire import share_word
from nouvea_sst.lib.texte import fold

Bornes = tuple[datetime.date, datetime.date | None]
# Sort key of the name, birth, then the numbers of the insured: CAFAT, RUAMM.
Identite = tuple[str, datetime.date | None, *tuple[str, ...]]
# What tells who somebody is, in the order in which pages say it; those that make two people of two files.
IDENTITE = (
    "nom",
    "nom_naissance",
    "prenom",
    "sexe",
    "date_naissance",
    "date_embauche",
    "matricule",
    "num_cafat",
    "num_ruamm",
)
GRAVES = frozenset({"nom", "prenom", "date_naissance"})
JOUR = datetime.timedelta(days=1)


def is_same_person(une: Identite, autre: Identite) -> bool:
    """Whether both bear one CAFAT or RUAMM number, or one name and one birth that both say.

    A namesake proves nothing.

    >>> is_same_person(("kaloi eva", None, ""), ("kaloi eva", datetime.date(1980, 1, 1), ""))
    False
    """
    if any(sien and sien == le_sien for sien, le_sien in zip(une[2:], autre[2:], strict=True)):
        return True
    return une[0] == autre[0] and une[1] is not None and une[1] == autre[1]


def find_disagreements(une: Mapping[str, Any], autre: Mapping[str, Any]) -> list[str]:
    """Return the facts of IDENTITE that both files say, and not alike.

    A name taken or left by a marriage, a part of a compound name and capitals are no disagreement.

    >>> une = {"nom": "Wamo", "nom_naissance": "Boula", "prenom": "Béa", "sexe": "F"}
    >>> find_disagreements(une, {"nom": "Boula", "prenom": "Bea", "sexe": "M"})
    ['sexe']
    """
    return [nom for nom in IDENTITE if nom != "nom_naissance" and not _agree(nom, une, autre)]


def is_serious(desaccords: Iterable[str]) -> bool:
    """Whether two files that disagree on these facts look like two people: somebody says why they are one."""
    return bool(set(desaccords) & GRAVES)


def _agree(nom: str, une: Mapping[str, Any], autre: Mapping[str, Any]) -> bool:
    sien, le_sien = une.get(nom), autre.get(nom)
    if not sien or not le_sien:
        return True
    if nom == "nom":
        return share_word(*(_all_names(fiche) for fiche in (une, autre)))
    if nom == "prenom":
        return share_word(fold(str(sien)), fold(str(le_sien)))
    return bool(sien == le_sien)


def _all_names(fiche: Mapping[str, Any]) -> str:
    return fold(f"{fiche.get('nom') or ''} {fiche.get('nom_naissance') or ''}")


def free_parts(periode: Bornes, prises: Iterable[Bornes]) -> list[Bornes]:
    """Return the parts of a period that no other one takes, both ends included; None is « still open ».

    >>> j = datetime.date
    >>> free_parts((j(2015, 1, 1), None), [(j(2020, 1, 1), j(2020, 12, 31))])
    [(datetime.date(2015, 1, 1), datetime.date(2019, 12, 31)), (datetime.date(2021, 1, 1), None)]
    """
    restes = [periode]
    for debut, fin in sorted(prises, key=lambda prise: prise[0]):
        restes = [part for reste in restes for part in _cut(reste, debut, fin)]
    return restes


def _cut(reste: Bornes, debut: datetime.date, fin: datetime.date | None) -> list[Bornes]:
    """What stays of a period once one other is taken out of it."""
    depuis, jusque = reste
    if (jusque is not None and debut > jusque) or (fin is not None and fin < depuis):
        return [reste]
    parts: list[Bornes] = []
    if debut > depuis:
        parts.append((depuis, debut - JOUR))
    if fin is not None and (jusque is None or fin < jusque):
        parts.append((fin + JOUR, jusque))
    return parts
