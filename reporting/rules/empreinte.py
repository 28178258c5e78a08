"""Fingerprints: the figures of an edition in one canonical form, and what is printed of their hash."""

import hashlib
import json
from typing import Any


def write_canonical(chiffres: dict[str, Any]) -> bytes:
    """Return the figures as JSON that does not depend on the order of keys or on spaces.

    TypeError on a float: 0.1 has several spellings, decimals are written as text.
    """
    _refuse_floats(chiffres)
    return json.dumps(chiffres, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _refuse_floats(valeur: Any) -> None:
    """Look for a float in the whole tree."""
    if isinstance(valeur, float):
        raise TypeError("Les chiffres d’une édition s’écrivent en texte ou en entiers.")
    enfants = valeur.values() if isinstance(valeur, dict) else valeur if isinstance(valeur, list) else ()
    for enfant in enfants:
        _refuse_floats(enfant)


def fingerprint(octets: bytes) -> str:
    """Return the SHA-256 of these bytes, in hexadecimal."""
    return hashlib.sha256(octets).hexdigest()


def shorten(empreinte: str) -> str:
    """Return the beginning of a hash as it is printed: « 7f3a 91c2 »."""
    return f"{empreinte[:4]} {empreinte[4:8]}"
