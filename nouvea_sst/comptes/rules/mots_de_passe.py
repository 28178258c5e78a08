"""Passwords that anybody would try: usual words, the city's words, sequences, repetitions.

No rule of composition (ASVS 6.2.5): a passphrase passes as it is, and so do 16 digits drawn at random, which
are 53 bits where the CNIL asks 50 with a limit on attempts (délibération 2022-100).
"""

import re
from collections.abc import Iterable

from nouvea_sst.lib.texte import fold

RESTE_MINIMAL = 6
DIFFERENTS_MINIMAUX = 5
_SUITES = (
    "abcdefghijklmnopqrstuvwxyz",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "0123456789012345678901234567890",
)


def is_repetition(mot_de_passe: str) -> bool:
    """Whether it repeats one short motif, or has fewer than five different characters."""
    bas = mot_de_passe.lower()
    if len(set(bas)) < DIFFERENTS_MINIMAUX:
        return True
    return any(
        (bas[:taille] * (len(bas) // taille + 1))[: len(bas)] == bas for taille in range(1, len(bas) // 2 + 1)
    )


def is_sequence(mot_de_passe: str) -> bool:
    """Whether it follows the alphabet, the keyboard or the digits, forwards or backwards, four at a time."""
    bas = re.sub(r"[\W_]", "", mot_de_passe.lower())
    suites = "|".join([*_SUITES, *(suite[::-1] for suite in _SUITES)])
    quatre = [bas[debut : debut + 4] for debut in range(0, max(1, len(bas) - 3), 4)]
    suivis = sum(4 for morceau in quatre if morceau in suites and len(morceau) == 4)
    return len(bas) - suivis < RESTE_MINIMAL


def is_made_of(mot_de_passe: str, mots: Iterable[str]) -> bool:
    """Whether next to nothing is left once these words, and a few digits and signs, are taken away.

    A password of digits alone holds no word: it is left to the other rules.
    """
    lettres = re.sub(r"[^a-z]", "", fold(mot_de_passe.translate(_LEET)))
    if not re.search("[a-z]", fold(mot_de_passe)):
        return False
    for mot in sorted({re.sub(r"[^a-z]", "", fold(mot)) for mot in mots}, key=len, reverse=True):
        if len(mot) >= 3:
            lettres = lettres.replace(mot, " ")
    reste = lettres.replace(" ", "")
    return " " in lettres and len(reste) < RESTE_MINIMAL


_LEET = str.maketrans("@4310$5!7", "aaeiossit")


def holds_number(mot_de_passe: str, numero: str) -> bool:
    """Whether a personal number stands for most of it: what remains is too short to hide it."""
    if len(numero) < 4 or numero not in mot_de_passe:
        return False
    return len(set(mot_de_passe.replace(numero, ""))) < RESTE_MINIMAL
