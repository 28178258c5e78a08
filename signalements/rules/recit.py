"""The title that a report has until somebody words a better one."""

import re

LONGUEUR = 120
BLANCS = re.compile(r"[ \t\r]+")
FIN_DE_PHRASE = re.compile(r"(?<=[.!?…])\s|\n")


def title_of(recit: str) -> str:
    """Return the first sentence without its full stop, cut between two words at 120 characters."""
    phrase = BLANCS.sub(" ", FIN_DE_PHRASE.split(recit.strip(), maxsplit=1)[0]).rstrip(".")
    if len(phrase) <= LONGUEUR:
        return phrase
    coupe = phrase[: LONGUEUR - 1]
    if not phrase[LONGUEUR - 1].isspace() and " " in coupe:
        coupe = coupe.rsplit(" ", 1)[0]
    return f"{coupe.rstrip(' ,;:')}…"
