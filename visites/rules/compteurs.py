"""How often an appointment was missed or excused for one occasion, whatever the year."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Passee(NamedTuple):
    """A visit as the counters read it; `due` is the visit due that it was placed for, if one is known.

    `suite_de` is the missed visit that this due came of; `groupes`, the kinds of visit that its motive is.
    """

    pk: int
    agent: int
    date: datetime.date
    motif: int
    due: int | None
    tenue: bool = False
    manquee: bool = False
    excusee: bool = False
    suite_de: int | None = None
    groupes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Comptes:
    """Appointments missed and excused for the occasion of a visit; the next relance bears `manquees`.

    `apres_manque`: the latest of them was missed, not excused; a letter may say so.
    """

    manquees: int = 0
    excusees: int = 0
    apres_manque: bool = False

    @property
    def en_clair(self) -> str:
        """« 2 manqués, 1 excusé »; empty without any."""
        mots = ((self.manquees, "manqué"), (self.excusees, "excusé"))
        return ", ".join(f"{n} {mot}{'s' if n > 1 else ''}" for n, mot in mots if n)


def count_for(visite: Passee, siennes: Iterable[Passee]) -> Comptes:
    """Count what an agent missed and excused before this visit, for the same occasion.

    A visit held since closes the count: one for the occasion or of the motive, and any where no occasion is
    known.
    """
    avant = [p for p in siennes if p.pk != visite.pk and p.date <= visite.date]
    tenues = [p for p in avant if p.tenue]
    comptees = [p for p in avant if _same(p, visite) and not any(_closes(t, p, visite) for t in tenues)]
    dites = [p for p in comptees if p.manquee or p.excusee]
    derniere = max(dites, key=lambda p: (p.date, p.pk), default=None)
    return Comptes(
        sum(p.manquee for p in comptees),
        sum(p.excusee for p in comptees),
        derniere is not None and derniere.manquee,
    )


def _same(passee: Passee, visite: Passee) -> bool:
    """Placed for the same visit due, or the missed one that this due came of; else of the same kind."""
    if passee.pk == visite.suite_de:
        return True
    if passee.due is not None and visite.due is not None:
        return passee.due == visite.due
    return passee.motif == visite.motif or bool(passee.groupes & visite.groupes)


def _closes(tenue: Passee, passee: Passee, visite: Passee) -> bool:
    if tenue.date < passee.date:
        return False
    connues = passee.due is not None and visite.due is not None
    return not connues or tenue.due == visite.due or tenue.motif == visite.motif
