"""Whether two files bear one identity; what stays of a period when others have taken days of it."""

import datetime
from collections.abc import Iterable

Bornes = tuple[datetime.date, datetime.date | None]
# Sort key of the name, birth, CAFAT number.
Identite = tuple[str, datetime.date | None, str]
JOUR = datetime.timedelta(days=1)


def is_same_person(une: Identite, autre: Identite) -> bool:
    """Whether both bear one CAFAT number, or one name and one birth that both say: a namesake proves nothing.

    >>> is_same_person(("kaloi eva", None, ""), ("kaloi eva", datetime.date(1980, 1, 1), ""))
    False
    """
    if une[2] and une[2] == autre[2]:
        return True
    return une[0] == autre[0] and une[1] is not None and une[1] == autre[1]


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
