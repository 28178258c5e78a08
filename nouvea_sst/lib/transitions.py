"""Which state may follow which: one engine for every table of transitions. Pure."""

from collections.abc import Mapping
from typing import Any

from nouvea_sst.lib.etats import EtatChoices

Table = Mapping[Any, frozenset[Any]]


class TransitionRefusee(Exception):
    """This state may not follow that one; the message says so in French."""


def next_states(table: Table, etat: str) -> frozenset[Any]:
    """Return the states that may follow this one."""
    return table[etat]


def check_transition(table: Table, etat: EtatChoices, cible: EtatChoices, sujet: str) -> None:
    """Raise TransitionRefusee unless `cible` may follow `etat`; `sujet` reads « Ce signalement »."""
    if cible in table[etat]:
        return
    if cible == etat:
        raise TransitionRefusee(f"{sujet} est déjà dans l’état « {etat.label} ».")
    suite = " ou ".join(f"« {e.label} »" for e in type(etat) if e in table[etat])
    raise TransitionRefusee(
        f"{sujet} est dans l’état « {etat.label} » et ne peut pas passer à « {cible.label} »"
        + (f" : seulement à {suite}." if suite else ", car cet état est définitif.")
    )
