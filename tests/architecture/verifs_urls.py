"""Checks on the URLconf: names, and who may come in."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseNotAllowed
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

SANS_ESPACE = {"accueil", "sante", "favicon"}  # those of the house itself
ALLAUTH = "account_"  # names that allauth reverses, without a namespace


@dataclass(frozen=True)
class Route:
    """One path of the URLconf: its full name, its pattern, its view."""

    nom: str
    motif: str
    vue: Callable[..., Any]
    parametres: bool

    @property
    def adresse(self) -> str:
        """Address of a route without parameter."""
        return reverse(self.nom)


def routes(motifs: Iterable[Any] | None = None, espace: str = "", debut: str = "") -> Iterator[Route]:
    """Every path of the URLconf, included ones too."""
    for motif in get_resolver().url_patterns if motifs is None else motifs:
        chemin = debut + str(motif.pattern)
        if isinstance(motif, URLResolver):
            suite = f"{espace}{motif.namespace}:" if motif.namespace else espace
            yield from routes(motif.url_patterns, suite, chemin)
        elif isinstance(motif, URLPattern):
            parametres = "<" in chemin or bool(motif.pattern.regex.groups)
            yield Route(f"{espace}{motif.name or ''}", chemin, motif.callback, parametres)


def undeclared_views(chemins: Iterable[Route]) -> list[str]:
    """Views that do not say, or say twice, who may come in."""
    fautes = []
    for route in chemins:
        declares = [
            d for d in ("droit_requis", "acces_public", "acces_connecte") if getattr(route.vue, d, False)
        ]
        if len(declares) != 1:
            fautes.append(f"{route.motif}: {route.vue.__name__} declares {declares or 'nothing'}")
    return fautes


def methods_of(vue: Callable[..., Any]) -> frozenset[str]:
    """Methods that a view says it takes; none when it does not refuse a method that nobody knows."""
    try:
        reponse = vue(RequestFactory().generic("ESSAI", "/"))
    except Exception:
        return frozenset()
    if not isinstance(reponse, HttpResponseNotAllowed):
        return frozenset()
    return frozenset(reponse["Allow"].split(", "))


def views_without_methods(chemins: Iterable[Route]) -> list[str]:
    """Views that do not say which methods they take, or read without HEAD."""
    fautes = []
    for route in chemins:
        methodes = methods_of(route.vue)
        if not methodes:
            fautes.append(f"{route.motif}: {route.vue.__name__} does not say which methods it takes")
        elif "GET" in methodes and "HEAD" not in methodes:
            fautes.append(f"{route.motif}: {route.vue.__name__} takes GET without HEAD")
    return fautes


def rights_that_nobody_holds(chemins: Iterable[Route], matrice: Mapping[str, Iterable[Any]]) -> list[str]:
    """Rights asked by a view that no role holds: nobody could ever open it."""
    return [
        f"{route.motif}: no role holds {droit}"
        for route in chemins
        for droit in getattr(route.vue, "droit_requis", ())
        if not tuple(matrice.get(droit, ()))
    ]


def nameless_routes(chemins: Iterable[Route]) -> list[str]:
    """Paths without a name, or whose name does not say its app."""
    return [
        f"{route.motif}: named « {route.nom} »"
        for route in chemins
        if route.nom.endswith(":")
        or not (":" in route.nom or route.nom in SANS_ESPACE or route.nom.startswith(ALLAUTH))
    ]


def doubled_names(chemins: Iterable[Route]) -> list[str]:
    """Names that two paths share: reverse() would choose."""
    noms = [route.nom for route in chemins]
    return sorted({f"{nom} names two paths" for nom in noms if noms.count(nom) > 1})
