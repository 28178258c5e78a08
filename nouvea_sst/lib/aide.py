"""The help of each page: what it is for, what one can do there, the words it uses, its keys.

The texts stand in docs/aide/, one file an app, one table a page, named after its address::

    [liste]
    titre = "Agents"
    sert = "Retrouver un agent, filtrer et exporter la liste."
    peut = [
      "Filtrer, trier, choisir les colonnes.",
      "agents.change_agent: Ajouter un agent.",     # shown to whoever holds this right
    ]
    mots = ["agent", "statut"]                        # terms of docs/glossaire.md
    touches = [["Alt R", "ajouter une ligne"]]         # beside those of every page
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import get_resolver

DOSSIER = "docs/aide"
GLOSSAIRE = "docs/glossaire.md"
# What answers without being a page, nor under one.
HORS_PAGES = {
    "aide:droits": "Aide",
    "aide:guide": "Guide d’un rôle",
    "aide:page": "Aide",
    "aide:sommaire": "Aide",
    "comptes:connexion": "Connexion",
    "comptes:deconnexion": "Déconnexion",
    "comptes:ferme": "Compte fermé",
    "documents:lot_fichier": "Un lot de lettres",
    "documents:ouvrir": "Un document",
    "favicon": "Icône du logiciel",
    "sante": "État du logiciel",
}
MAISON = "maison"  # pages whose address has no app: accueil
TOUCHES = (
    ("/", "aller à la recherche"),
    ("?", "ouvrir l’aide de la page"),
    ("Échap", "fermer un menu ou l’aide"),
    ("Tab", "passer d’un élément au suivant"),
)


@dataclass(frozen=True)
class Aide:
    """The help of one page, as it is written."""

    titre: str
    sert: str
    peut: tuple[str, ...] = ()
    mots: tuple[str, ...] = ()
    touches: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class AideLue:
    """The help of one page for one reader."""

    page: str
    aide: Aide
    peut: list[str]
    mots: list[tuple[str, str]]
    touches: list[tuple[str, str]] = field(default_factory=list)


@cache
def read_texts() -> dict[str, Aide]:
    """Return the help of every page, by the name of its address."""
    textes: dict[str, Aide] = {}
    for fichier in sorted((Path(settings.BASE_DIR) / DOSSIER).glob("*.toml")):
        for page, corps in tomllib.loads(fichier.read_text(encoding="utf8")).items():
            nom = page if fichier.stem == MAISON else f"{fichier.stem}:{page}"
            listes = {cle: tuple(corps.get(cle, ())) for cle in ("peut", "mots")}
            touches = tuple((touche, effet) for touche, effet in corps.get("touches", ()))
            textes[nom] = Aide(corps["titre"], corps["sert"], touches=touches, **listes)
    return textes


@cache
def read_glossary() -> dict[str, str]:
    """Return the terms of the glossary with what each is."""
    termes = {}
    for ligne in (Path(settings.BASE_DIR) / GLOSSAIRE).read_text(encoding="utf8").splitlines():
        cases = [case.strip() for case in ligne.strip("|").split("|")]
        if ligne.startswith("|") and len(cases) >= 3 and not set(cases[0]) <= {"-", " ", ":"}:
            termes[cases[0]] = cases[2].replace("`", "")
    return termes


def page_title(nom: str) -> str:
    """Return what a page is called; what has no help of its own bears the name of the page above it.

    An address that no longer exists keeps its own name.
    """
    textes, adresses = read_texts(), read_addresses()
    if nom in HORS_PAGES:
        return HORS_PAGES[nom]
    if nom in textes or nom not in adresses:
        return textes[nom].titre if nom in textes else nom
    pages = {adresse: page for page, adresse in adresses.items() if page in textes}
    morceaux = adresses[nom].rstrip("/").split("/")
    while len(morceaux) > 1:
        morceaux.pop()
        if (dessus := pages.get("".join(f"{m}/" for m in morceaux))) is not None:
            return textes[dessus].titre
    return nom


@cache
def read_addresses() -> dict[str, str]:
    """Return the path of every named address, « agents/<int:pk>/ », by its name."""
    return dict(_walk(get_resolver().url_patterns, "", ""))


def _walk(motifs: Iterable[Any], debut: str, espace: str) -> Iterator[tuple[str, str]]:
    """Name and path of each address below."""
    for motif in motifs:
        chemin = f"{debut}{motif.pattern}"
        if hasattr(motif, "url_patterns"):
            nom = getattr(motif, "namespace", None)
            yield from _walk(motif.url_patterns, chemin, f"{espace}{nom}:" if nom else espace)
        elif motif.name:
            yield f"{espace}{motif.name}", chemin


def split_right(texte: str) -> tuple[str, str]:
    """Return the right that a line asks for and its words: « agents.change_agent: Ajouter un agent. »."""
    debut, deux_points, reste = texte.partition(": ")
    if deux_points and "." in debut and " " not in debut:
        return debut, reste
    return "", texte


def read_help(page: str, user: Any) -> AideLue | None:
    """Return the help of a page for a reader: what he may not do there is left out."""
    aide = read_texts().get(page)
    if aide is None:
        return None
    lignes = (split_right(texte) for texte in aide.peut)
    glossaire = read_glossary()
    return AideLue(
        page=page,
        aide=aide,
        peut=[mots for droit, mots in lignes if not droit or user.has_perm(droit)],
        mots=[(mot, glossaire[mot]) for mot in aide.mots if mot in glossaire],
        touches=[*aide.touches, *TOUCHES],
    )
