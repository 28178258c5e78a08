"""Text compared as a person compares it: without case, accents or stray spaces."""

import unicodedata


def fold(texte: str) -> str:
    """Return the text without accents or case, dashes and apostrophes as spaces, single spaces.

    >>> fold("  Éloi  D’ARTAGNAN-Béa ")
    'eloi d artagnan bea'
    """
    decompose = unicodedata.normalize("NFKD", texte.replace("œ", "oe").replace("Œ", "OE"))
    lettres = "".join(" " if c in "'’-–_./," else c for c in decompose if not unicodedata.combining(c))
    return " ".join(lettres.casefold().split())
