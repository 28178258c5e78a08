"""Who decides with whom about accounts."""

import datetime

from nouvea_sst.comptes.enums import NatureLien, Role

# Their accounts open what is most secret, or approve the others': one administrator alone does not hand
# out a new way in.
A_DEUX = frozenset({Role.MEDECIN, Role.INFIRMIER, Role.PSYCHOLOGUE, Role.CHEF})
DUREES = {
    NatureLien.INVITATION: datetime.timedelta(hours=72),
    NatureLien.REINITIALISATION: datetime.timedelta(hours=1),
}
# An approved request for a new password serves this long.
ACCORD = datetime.timedelta(hours=24)
DORMANCE = datetime.timedelta(days=90)


def needs_two(role: str) -> bool:
    """Whether a new password for this role needs the approval of a second person."""
    return role in A_DEUX


def lifetime_of(nature: str) -> datetime.timedelta:
    """Return how long a link opens: 72 h to join, 1 h to choose a new password (ASVS 6.4.1)."""
    return DUREES[NatureLien(nature)]
