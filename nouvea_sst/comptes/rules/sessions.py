"""When a session is over, and what its browser is called."""

import datetime

MOTIFS = {"inactivite": "après inactivité", "duree": "à la durée maximale"}
_NAVIGATEURS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"))
_SYSTEMES = (("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"))
_AUTRES = (("Mac OS", "Mac"), ("Linux", "Linux"))


def end_reason(
    *,
    ouverte: datetime.datetime,
    vue: datetime.datetime,
    maintenant: datetime.datetime,
    inactivite: datetime.timedelta,
    duree: datetime.timedelta,
) -> str:
    """Return why a session is over, a key of MOTIFS; empty while it lasts (ASVS 7.3.1, 7.3.2)."""
    if maintenant - ouverte >= duree:
        return "duree"
    return "inactivite" if maintenant - vue >= inactivite else ""


def name_browser(agent: str) -> str:
    """Name a browser as its owner would: « Firefox sur Windows »; « Navigateur » when unknown."""
    navigateur = next((nom for marque, nom in _NAVIGATEURS if marque in agent), "")
    if not navigateur and "Safari/" in agent:
        navigateur = "Safari"
    systeme = next((nom for marque, nom in (*_SYSTEMES, *_AUTRES) if marque in agent), "")
    return " sur ".join(filter(None, [navigateur or "Navigateur", systeme]))
