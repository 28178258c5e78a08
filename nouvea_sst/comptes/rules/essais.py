"""How long to wait after failed log-ins: ever longer, never for ever (ASVS 6.3.1, CNIL 2022-100)."""

import datetime

LIBRES = 5
DELAIS = tuple(datetime.timedelta(seconds=s) for s in (30, 60, 120, 300, 900))
OUBLI = datetime.timedelta(hours=12)


def delay_after(echecs: int) -> datetime.timedelta:
    """Return the wait that this many failures in a row impose."""
    if echecs < LIBRES:
        return datetime.timedelta()
    return DELAIS[min(echecs - LIBRES, len(DELAIS) - 1)]


def wait_left(echecs: int, dernier: datetime.datetime, maintenant: datetime.datetime) -> datetime.timedelta:
    """Return what remains of the wait; nothing once it is over."""
    return max(dernier + delay_after(echecs) - maintenant, datetime.timedelta())


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
