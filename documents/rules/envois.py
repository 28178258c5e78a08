"""When a message that a server did not take is tried again, and when it no longer is."""

import datetime

DELAIS = tuple(datetime.timedelta(minutes=m) for m in (1, 5, 15, 30, 60, 120, 240))
RENONCE = datetime.timedelta(hours=24)
DEFINITIF = 500


def delay_after(essais: int) -> datetime.timedelta:
    """Return how long to wait after so many attempts: 1 minute, then longer and longer, 4 hours at most."""
    return DELAIS[min(max(essais, 1), len(DELAIS)) - 1]


def gives_up(cree_le: datetime.datetime, maintenant: datetime.datetime) -> bool:
    """Whether the message has waited a day."""
    return maintenant - cree_le >= RENONCE


def is_final(code: int) -> bool:
    """Whether the server's answer means that trying again is no use."""
    return code >= DEFINITIF
