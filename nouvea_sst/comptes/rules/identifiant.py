"""The name under which one logs in, as people type it."""

import unicodedata


def plain_name(texte: str) -> str:
    """Return a typed account name in small letters, without accents nor spaces: « Élo ise » is « eloise »."""
    decompose = unicodedata.normalize("NFKD", texte.casefold())
    return "".join(c for c in decompose if not unicodedata.combining(c) and not c.isspace())
