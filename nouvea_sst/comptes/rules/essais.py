"""How long to wait after failed log-ins: ever longer, never for ever (ASVS 6.3.1, CNIL 2022-100).

Counted for a name from one address, so that nobody makes another wait from elsewhere; and, much more
loosely, for a name from anywhere, so that guesses spread over many addresses are slowed too.
"""

import datetime
import ipaddress
from typing import NamedTuple


class Mesure(NamedTuple):
    """Failures that cost nothing, then the wait after each more, in seconds; the last one stays."""

    libres: int
    secondes: tuple[int, ...]


PAR_POSTE = Mesure(5, (30, 60, 120, 300, 900))
PAR_COMPTE = Mesure(50, (5, 10, 20))
OUBLI = datetime.timedelta(hours=12)
# An address from which one logged in so lately is one's own: only its own failures count there.
CONNU = datetime.timedelta(days=30)


def network_of(adresse: str) -> str:
    """Return what of an address tells one place: of an IPv6, the 64 bits that one subscriber holds."""
    try:
        lue = ipaddress.ip_address(adresse)
    except ValueError:
        return adresse
    if lue.version == 4:
        return str(lue)
    return str(lue.ipv4_mapped or ipaddress.ip_network((int(lue), 64), strict=False))


def delay_after(echecs: int, mesure: Mesure) -> datetime.timedelta:
    """Return the wait that this many failures in a row impose."""
    if echecs < mesure.libres:
        return datetime.timedelta()
    rang = min(echecs - mesure.libres, len(mesure.secondes) - 1)
    return datetime.timedelta(seconds=mesure.secondes[rang])


def wait_left(
    echecs: int, mesure: Mesure, dernier: datetime.datetime, maintenant: datetime.datetime
) -> datetime.timedelta:
    """Return what remains of the wait; nothing once it is over."""
    return max(dernier + delay_after(echecs, mesure) - maintenant, datetime.timedelta())


def is_known(reussi: datetime.datetime | None, maintenant: datetime.datetime) -> bool:
    """Whether the last log-in from an address is recent enough for it to be one's own."""
    return reussi is not None and maintenant - reussi < CONNU


def is_forgotten(dernier: datetime.datetime, maintenant: datetime.datetime) -> bool:
    """Whether the failures are too old to count."""
    return maintenant - dernier >= OUBLI


def describe_wait(attente: datetime.timedelta) -> str:
    """Write a wait as it is told: « 30 secondes », « 1 minute », « 15 minutes », rounded up."""
    secondes = max(1, -(-int(attente.total_seconds() * 10) // 10))
    if secondes <= 45:
        return f"{secondes} seconde{'s' if secondes > 1 else ''}"
    minutes = -(-secondes // 60)
    return f"{minutes} minute{'s' if minutes > 1 else ''}"
