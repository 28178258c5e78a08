"""What a request for a visit may wish."""

import datetime

from nouvea_sst.lib.dates import add_months


def refuse_wish(avant_le: datetime.date | None, jour: datetime.date, horizon_mois: int) -> str:
    """Sentence that refuses a wished day: past, or beyond so many months; empty when it may be."""
    if avant_le is None:
        return ""
    if avant_le < jour:
        return "Ce jour est passé."
    if avant_le > add_months(jour, horizon_mois):
        return f"Pas au-delà de {horizon_mois} mois."
    return ""
