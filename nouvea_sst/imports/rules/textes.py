"""Cells as text: numbers without « .0 », dates in French, mended mojibake, nothing invisible."""

import datetime
import re
import unicodedata

ERREURS_EXCEL = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
VIDES = frozenset({"", "null", "none", "nan", "n/a", "-", "–", "—"})
_MOJIBAKE = re.compile("[ÃÂÅâ]")


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
    """Return « É » for « Ã‰ »: UTF-8 that was read as Windows-1252; any other text as it is.

    >>> mend_mojibake("FranÃ§oise")
    'Françoise'
    """
    if not _MOJIBAKE.search(texte):
        return texte
    for codec in ("cp1252", "latin-1"):
        try:
            return texte.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
    return texte


def is_empty(texte: str) -> bool:
    """Whether a cell says nothing: blank, a dash, NULL."""
    return texte.casefold() in VIDES
