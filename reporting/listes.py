"""The lists of the house as saved views know them: by the name of their address."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.http import urlencode

from reporting.rules.vues import keep_parameters


@dataclass(frozen=True)
class ListeConnue:
    """A list that this account may open."""

    nom: str
    adresse: str


def find_list(nom: str, user: Any) -> ListeConnue | None:
    """Return a list by the name of its address; None when it is no list, has arguments, or is closed here.

    A list with arguments is of one record (the absences of an agent): its filters are no view to keep.
    """
    try:
        adresse = reverse(nom)
    except NoReverseMatch:
        return None
    vue = resolve(adresse).func
    droits = getattr(vue, "droit_requis", ())
    ouverte = getattr(vue, "acces_connecte", False) or any(user.has_perm(droit) for droit in droits)
    return ListeConnue(nom, adresse) if getattr(vue, "est_liste", False) and ouverte else None


def canonical_query(parametres: QueryDict) -> str:
    """Return the part of an address that a view keeps, always written the same way."""
    return urlencode(keep_parameters(_pairs(parametres)))


def _pairs(parametres: QueryDict) -> Iterable[tuple[str, str]]:
    """Every parameter with each of its values."""
    return ((str(cle), str(v)) for cle, valeurs in parametres.lists() for v in valeurs)
