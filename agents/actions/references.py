"""Adds to the small tables what the rows of a file point at."""

from collections.abc import Iterable
from typing import Any

from agents.enums import CategorieSuivi
from agents.models import Collectivite, Poste, Site
from agents.rules.registre import COLLECTIVITES

PAR_LOT = 1000


def new_poste(intitule: str) -> Poste:
    """A post with a simple follow-up."""
    return Poste(intitule=intitule, categorie_suivi=CategorieSuivi.SIMPLE)


def new_site(libelle: str) -> Site:
    """A place where agents work."""
    return Site(libelle=libelle)


def new_collectivite(code: str) -> Collectivite:
    """One of the employers that the former software knows."""
    ancien = next(ancien for ancien, (connu, _) in COLLECTIVITES.items() if connu == code)
    return Collectivite(code=code, libelle=COLLECTIVITES[ancien][1], code_ancien=ancien)


def add_references(*, lexiques: Iterable[Any]) -> dict[int | str, int]:
    """Write what the tables lack inside the act of the caller; return keys by reference."""
    pks: dict[int | str, int] = {}
    for lexique in lexiques:
        references = list(lexique.nouveaux.values())
        if references:
            objets = [lexique.fabriquer(reference.libelle) for reference in references]
            type(objets[0])._base_manager.bulk_create(objets, batch_size=PAR_LOT)
            pks |= {reference.cle: objet.pk for reference, objet in zip(references, objets, strict=True)}
    return pks
