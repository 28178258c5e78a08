"""Checks on templates: strict CSP, escaping, typography."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from tests.architecture.maison import place, templates

COMMENTAIRE = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}|<!--.*?-->", re.DOTALL)
BALISE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
SANS_ECHAPPEMENT = re.compile(r"\|\s*safe(seq)?\b|\{%\s*autoescape\s+off\b")
TEXTE_DE_BALISE = re.compile(r"\"[^\"]*\"")
APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
ATTRIBUTS_LUS = {
    "alt",
    "aria-description",
    "aria-label",
    "content",
    "placeholder",
    "summary",
    "title",
    "value",
}
PROGRAMME = {"application/json", "application/ld+json"}


def _blank(trouve: re.Match[str]) -> str:
    """Same length in lines, nothing in it."""
    return "\n" * trouve.group().count("\n")


def _source(chemin: Path) -> str:
    """Text of a template without its comments."""
    return COMMENTAIRE.sub(_blank, chemin.read_text(encoding="utf8"))


def _line(texte: str, position: int) -> int:
    """Line number of a position."""
    return texte.count("\n", 0, position) + 1


def unescaped_output(racine: Path) -> list[str]:
    """|safe and autoescape off: what a user typed would become markup."""
    fautes = []
    for chemin in templates(racine):
        source = _source(chemin)
        for trouve in SANS_ECHAPPEMENT.finditer(source):
            fautes.append(f"{place(racine, chemin, _line(source, trouve.start()))}: {trouve.group()}")
    return fautes


class _Lecture(HTMLParser):
    """Reads markup once and keeps what the checks ask: tags with attributes, text as it is shown."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.balises: list[tuple[int, str, dict[str, str]]] = []
        self.textes: list[tuple[int, str]] = []
        self._dans = ""
        self.feed(BALISE.sub(_blank, source))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag, and its words that a person reads."""
        valeurs = {nom: valeur or "" for nom, valeur in attrs}
        self.balises.append((self.getpos()[0], tag, valeurs))
        self.textes += [(self.getpos()[0], v) for n, v in valeurs.items() if n in ATTRIBUTS_LUS]
        self._dans = tag if tag in {"script", "style"} else ""

    def handle_endtag(self, tag: str) -> None:
        """Leave a script or a style sheet."""
        self._dans = ""

    def handle_data(self, data: str) -> None:
        """Keep text, but no script."""
        if not self._dans:
            self.textes.append((self.getpos()[0], data))


def _tags(racine: Path) -> Iterator[tuple[Path, int, str, dict[str, str]]]:
    """Every tag of every template, with its attributes."""
    for chemin in templates(racine):
        for ligne, balise, attributs in _Lecture(_source(chemin)).balises:
            yield chemin, ligne, balise, attributs


def inline_styles(racine: Path) -> list[str]:
    """style="…" and <style>: refused by the CSP, unseen by the sheets."""
    return [
        f"{place(racine, chemin, ligne)}: inline style on <{balise}>"
        for chemin, ligne, balise, attributs in _tags(racine)
        if balise == "style" or "style" in attributs
    ]


def inline_handlers(racine: Path) -> list[str]:
    """onclick="…" and its like, hx-on, javascript: addresses."""
    return [
        f"{place(racine, chemin, ligne)}: inline handler {nom} on <{balise}>"
        for chemin, ligne, balise, attributs in _tags(racine)
        for nom, valeur in attributs.items()
        if re.match(r"on[a-z]+$|(data-)?hx-on", nom) or valeur.strip().lower().startswith("javascript:")
    ]


def inline_scripts(racine: Path) -> list[str]:
    """<script> without src, JSON data left out."""
    return [
        f"{place(racine, chemin, ligne)}: inline script"
        for chemin, ligne, balise, attributs in _tags(racine)
        if balise == "script" and "src" not in attributs and attributs.get("type") not in PROGRAMME
    ]


def outside_addresses(racine: Path) -> list[str]:
    """Images, styles, scripts and frames from elsewhere: nothing is loaded from outside."""
    return [
        f"{place(racine, chemin, ligne)}: <{balise}> loads {valeur}"
        for chemin, ligne, balise, attributs in _tags(racine)
        for nom, valeur in attributs.items()
        if (
            nom in {"src", "srcset", "data", "poster"}
            or (nom == "href" and balise in {"link", "use", "image"})
        )
        and re.match(r"(https?:)?//", valeur)
    ]


def straight_apostrophes(racine: Path) -> list[str]:
    """' between two letters of what a person reads: ’ is the one."""
    fautes = []
    for chemin in templates(racine):
        source = _source(chemin)
        lus = _Lecture(source).textes
        for balise in BALISE.finditer(source):
            ligne = _line(source, balise.start())
            lus += [(ligne, texte) for texte in TEXTE_DE_BALISE.findall(balise.group())]
        fautes += [f"{place(racine, chemin, n)}: {t.strip()[:60]}" for n, t in lus if APOSTROPHE.search(t)]
    return fautes


def forms_sent_twice(racine: Path) -> list[str]:
    """A form that writes without data-sst-une-fois: a double click would send it twice."""
    return [
        f'{place(racine, chemin, ligne)}: <form method="post"> without data-sst-une-fois'
        for chemin, ligne, balise, attributs in _tags(racine)
        if balise == "form"
        and attributs.get("method", "").lower() == "post"
        and "data-sst-une-fois" not in attributs
    ]
