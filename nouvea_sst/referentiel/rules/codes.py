"""The code of an entry that nobody typed."""

from collections.abc import Set

from nouvea_sst.lib.texte import fold


def make_code(libelle: str, longueur: int, pris: Set[str]) -> str:
    """Return a code made from a label, at most `longueur` signs, that none of `pris` is.

    >>> make_code("Reprise après congé", 30, {"reprise_apres_conge"})
    'reprise_apres_conge_2'
    """
    lettres = "".join(c for c in fold(libelle) if c.isascii() and (c.isalnum() or c == " "))
    base = "_".join(lettres.split())[:longueur].rstrip("_") or "entree"
    code, rang = base, 1
    while code in pris:
        rang += 1
        suite = f"_{rang}"
        code = base[: longueur - len(suite)].rstrip("_") + suite
    return code
