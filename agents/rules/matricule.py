"""The matricule in its three forms: 4127 (payroll), 9004127 (former software), 904127 (directory).

sirh.md §1.1: the former software's number is 100,000 times the collectivité's code plus the payroll number;
the directory leaves out one zero. Stored is the payroll number, four digits at least.
"""

import re
from dataclasses import dataclass

PREFIXE_VILLE = "90"
PREFIXES = (PREFIXE_VILLE, "40", "50")  # Ville, Caisse des écoles, CCAS
CHIFFRES_ANNUAIRE = 6
CHIFFRES_ANCIEN = 7
_BLANCS = re.compile(r"[\s\u00a0\u202f]+")
_CHIFFRES = re.compile(r"[0-9]+")
# What a spreadsheet adds to a number: the mark of a text before it, the decimals of a whole number after.
_DECIMALES = re.compile(r"[.,]0{1,2}$")


class MatriculeInvalide(ValueError):
    """Not a matricule; the message says in French what is expected."""


@dataclass(frozen=True, slots=True)
class Matricule:
    """The payroll number as it is stored, and the collectivité's code when the text gave it."""

    numero: str
    prefixe: str = ""


def parse_matricule(texte: str) -> Matricule:
    """Read any of the three forms, with or without spaces, zeros in front or a spreadsheet's « .0 ».

    Six and seven digits must begin with the code of a collectivité: 90, 40 or 50. Raises MatriculeInvalide.

    >>> parse_matricule("900 4127")
    Matricule(numero='4127', prefixe='90')
    >>> parse_matricule("007002").numero, parse_matricule("7002.0").numero
    ('7002', '7002')
    """
    chiffres = _DECIMALES.sub("", _BLANCS.sub("", texte).removeprefix("'"))
    if not _CHIFFRES.fullmatch(chiffres):
        raise MatriculeInvalide("Un matricule ne compte que des chiffres : 4127, 9004127 ou 904127.")
    if len(chiffres) > len(PREFIXE_VILLE):
        chiffres = chiffres.lstrip("0") or "0"
    if len(chiffres) <= 5:
        return Matricule(_payroll(chiffres))
    if len(chiffres) in {CHIFFRES_ANNUAIRE, CHIFFRES_ANCIEN} and chiffres.startswith(PREFIXES):
        return Matricule(_payroll(chiffres[2:]), chiffres[:2])
    raise MatriculeInvalide(
        "Un matricule a 4 chiffres, ou 6 ou 7 chiffres qui commencent par 90, 40 ou 50 : "
        "4127, 904127 ou 9004127."
    )


def _payroll(chiffres: str) -> str:
    """Write the payroll number with four digits at least. Raises MatriculeInvalide for 0."""
    if not int(chiffres):
        raise MatriculeInvalide("Le matricule 0 n’existe pas.")
    return str(int(chiffres)).zfill(4)


def search_matricule(texte: str) -> str:
    """Return the stored form of what someone typed in a search box, or an empty string."""
    try:
        return parse_matricule(texte).numero
    except MatriculeInvalide:
        return ""


def matricule_forms(numero: str, prefixe: str = PREFIXE_VILLE) -> tuple[str, ...]:
    """Return the payroll number with its two longer forms; alone when it is not a number of the payroll.

    >>> matricule_forms("4127")
    ('4127', '9004127', '904127')
    """
    if not _CHIFFRES.fullmatch(numero) or len(numero) > 5:
        return (numero,)
    ancien = f"{prefixe}{int(numero):05d}"
    return (numero, ancien, f"{prefixe}{numero}") if len(numero) == 4 else (numero, ancien)


def typed_words(texte: str) -> list[str]:
    """Return the words of what someone typed in a search box; a number typed in groups is one word.

    >>> typed_words("900 4127"), typed_words("kaloi  joseph")
    (['9004127'], ['kaloi', 'joseph'])
    """
    sans_nul = texte.replace("\0", " ")  # PostgreSQL takes no NUL
    serre = _BLANCS.sub("", sans_nul)
    return [serre] if _CHIFFRES.fullmatch(serre) else sans_nul.split()
