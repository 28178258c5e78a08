"""What a saved view keeps of an address: filters, sort, columns; never the page nor the output."""

from collections.abc import Iterable

PASSAGERS = {"page", "format", "imprimer", "pourquoi", "csrfmiddlewaretoken"}
LONGUEUR = 1500
COLONNES = "colonnes"


def keep_parameters(parametres: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the parameters worth keeping, sorted, so that equal views are equal.

    Empty ones and doubles are left out; the columns become one parameter, in the order given.
    """
    gardes: set[tuple[str, str]] = set()
    colonnes: list[str] = []
    for cle, valeur in parametres:
        if cle == COLONNES:
            colonnes += [nom for nom in valeur.split(",") if nom and nom not in colonnes]
        elif cle not in PASSAGERS and valeur.strip():
            gardes.add((cle, valeur.strip()))
    if colonnes:
        gardes.add((COLONNES, ",".join(colonnes)))
    return sorted(gardes)
