"""How often an appointment was missed or excused for one occasion, whatever the year."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Passee(NamedTuple):
    """A visit as the counters read it; `due` is the visit due that it was placed for, if one is known."""

    pk: int
    agent: int
    date: datetime.date
    motif: int
    due: int | None
    tenue: bool = False
    manquee: bool = False
    excusee: bool = False


@dataclass(frozen=True)
class Comptes:
    """Appointments missed and excused for the occasion of a visit; the next relance bears `manquees`."""

    manquees: int = 0
    excusees: int = 0

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
    return Comptes(sum(p.manquee for p in comptees), sum(p.excusee for p in comptees))


def _same(passee: Passee, visite: Passee) -> bool:
    if passee.due is not None and visite.due is not None:
        return passee.due == visite.due
    return passee.motif == visite.motif


def _closes(tenue: Passee, passee: Passee, visite: Passee) -> bool:
    if tenue.date < passee.date:
        return False
    connues = passee.due is not None and visite.due is not None
    return not connues or tenue.due == visite.due or tenue.motif == visite.motif
