"""How each list of the house is filled, so that its SQL can be counted on few and on many rows.

A key is the URL name of a view marked @liste; a list found in the URLconf and absent here fails.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nouvea_sst.comptes.enums import Role


@dataclass(frozen=True)
class ListeTestee:
    """A list under test.

    `remplir(n)` makes n rows that the list shows to the role; it may return the arguments of the URL.
    Use bulk_create: it is called with 5 and with 500.
    """

    remplir: Callable[[int], Mapping[str, Any] | None]
    role: str = Role.COORDINATEUR
    formats: tuple[str, ...] = field(default=("", "?format=xlsx"))


LISTES: dict[str, ListeTestee] = {}
