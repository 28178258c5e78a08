"""Cells as text: numbers without « .0 », dates in French, mended mojibake, nothing invisible."""

import datetime
import re
import unicodedata

ERREURS_EXCEL = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
VIDES = frozenset({"", "null", "none", "nan", "n/a", "-", "–", "—"})
# First byte of a letter of UTF-8, then what Windows-1252 makes of the bytes that follow it.
_SUITE = "".join({bytes([n]).decode("cp1252", "ignore") or chr(n) for n in range(0x80, 0xC0)})
_MOJIBAKE = re.compile(f"[Â-ô][{re.escape(_SUITE)}]{{1,3}}")


def cell_text(cellule: object) -> str:
    """Write a cell as a person would type it, without stray spaces or control characters."""
    if cellule is None:
        return ""
    if isinstance(cellule, bool):
        return "oui" if cellule else "non"
    if isinstance(cellule, float):
        return str(int(cellule)) if cellule.is_integer() and abs(cellule) < 1e15 else repr(cellule)
    if isinstance(cellule, datetime.datetime | datetime.date):
        return f"{cellule:%d/%m/%Y}"
    texte = str(cellule)
    if texte.isascii() and texte.isprintable():
        return " ".join(texte.split())
    return clean_text(mend_mojibake(texte))


def clean_text(texte: str) -> str:
    """Return the text in composed form, one space between words, without control or invisible marks."""
    normal = unicodedata.normalize("NFC", texte)
    visibles = "".join(
        " " if c.isspace() else c for c in normal if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    return " ".join(visibles.split())


def mend_mojibake(texte: str) -> str:
    """Return « É » for « Ã‰ »: UTF-8 that was read as Windows-1252; any other letter as it is.

    >>> mend_mojibake("FranÃ§oise")
    'Françoise'
    """
    return _MOJIBAKE.sub(_mend, texte)


def _mend(trouve: re.Match[str]) -> str:
    for codec in ("cp1252", "latin-1"):
        try:
            return trouve[0].encode(codec).decode("utf-8")
        except UnicodeError:
            continue
    return trouve[0]


def is_empty(texte: str) -> bool:
    """Whether a cell says nothing: blank, a dash, NULL."""
    return texte.casefold() in VIDES
