"""Whether a change of what an account answers for lets it read what it did not."""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from nouvea_sst.comptes.enums import Portee

UN_JOUR = datetime.timedelta(days=1)


class Tenue(NamedTuple):
    """What an account answers for, a structure or a collectivité, from a day to a day."""

    debut: datetime.date
    fin: datetime.date | None = None
    structure: int | None = None
    collectivite: int | None = None

    def holds_on(self, jour: datetime.date) -> bool:
        """Whether this day is one of its days."""
        return self.debut <= jour and (self.fin is None or jour <= self.fin)


def widens(portee: Portee, avant: Iterable[Tenue], apres: Iterable[Tenue], jour: datetime.date) -> bool:
    """Whether, on this day or a later one, the account reaches after what it did not before.

    A structure counts whatever the role: one that gives nothing today would by another role. So does a
    collectivité, but under a role that reaches everybody: there the first one takes away, the next ones add,
    and without the last one nothing is held back any more.
    """
    avant, apres = list(avant), list(apres)
    return any(_widens_on(j, portee, avant, apres) for j in _turning_days([*avant, *apres], jour))


def _turning_days(tenues: list[Tenue], jour: datetime.date) -> set[datetime.date]:
    """This day, and the later ones on which something begins or is over."""
    bords = {t.debut for t in tenues} | {t.fin + UN_JOUR for t in tenues if t.fin is not None}
    return {jour} | {bord for bord in bords if bord > jour}


def _widens_on(jour: datetime.date, portee: Portee, avant: list[Tenue], apres: list[Tenue]) -> bool:
    """Whether the account reaches more on this very day."""
    structures_avant, limites_avant = _held_on(jour, avant)
    structures, limites = _held_on(jour, apres)
    if structures - structures_avant:
        return True
    if portee == Portee.TOUS:
        return bool(limites_avant) and (not limites or bool(limites - limites_avant))
    return bool(limites - limites_avant)


def _held_on(jour: datetime.date, tenues: list[Tenue]) -> tuple[set[int], set[int]]:
    """Structures and collectivités of this day."""
    tenues = [t for t in tenues if t.holds_on(jour)]
    structures = {t.structure for t in tenues if t.structure is not None}
    return structures, {t.collectivite for t in tenues if t.collectivite is not None}
