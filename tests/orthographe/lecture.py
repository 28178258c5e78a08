"""The French that a person reads, out of templates, code, pages and guides; and what hunspell says of it."""

import ast
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
ADMIS = Path(__file__).with_name("mots.txt")
HORS_PROJET = {".venv", "var", "statiques", "tests", "migrations"}
# Invented people and places; headings as strangers type them.
DONNEES = {"nouvea_sst/ville/noms.py", "nouvea_sst/ville/postes.py", "agents/imports/champs.py"}

MOT = re.compile(r"[A-Za-zÀ-ÿœŒæÆ][A-Za-zÀ-ÿœŒæÆ'-]*")
SIGLE = re.compile(r"^(?:[dlDL]')?[A-ZÉÈ]{2,}s?$")
ATTRIBUTS = ("title", "aria-label", "placeholder", "alt", "data-label")
# A sentence for a person has a space, and an accent, our apostrophe, a guillemet or a full stop.
PHRASE = re.compile(r"(?=.*\s)(?:.*[à-ÿœ’«»…]|.*[.?]$)", re.DOTALL)
ARGUMENT = re.compile(r'(?:(\w+)=)?"([^"]*)"')
# A short fingerprint may hold four letters and no number.
EMPREINTE = re.compile(r"(empreinte\s+)[0-9a-f]{4} [0-9a-f]{4}\b")
CODE = re.compile(r"[{}<>=_\\|`]|%\(|://|\bSELECT\b|\bRAISE\b|&[a-z]+;")


def project_files(suffixe: str) -> Iterator[Path]:
    """Files of the project with this suffix."""
    for chemin in sorted(RACINE.rglob(f"*{suffixe}")):
        relatif = chemin.relative_to(RACINE)
        if not HORS_PROJET & set(relatif.parts) and str(relatif) not in DONNEES:
            yield chemin


def template_text(source: str) -> str:
    """Words of a template: its text, the attributes that are read aloud, the sentences given to tags."""
    source = re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", " ", source, flags=re.DOTALL)
    source = re.sub(
        r"{%.*?%}",
        lambda balise: " ".join(["", *_sentences(balise[0]), ""]),
        source,
        flags=re.DOTALL,
    )
    return page_text(re.sub(r"{{.*?}}", " ", source, flags=re.DOTALL))


def _sentences(balise: str) -> Iterator[str]:
    """Sentences given to a template tag; a class of the sheets is none."""
    for nom, valeur in ARGUMENT.findall(balise):
        if " " in valeur and nom != "classe":
            yield valeur


class _Page(HTMLParser):
    """Gathers what is read on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.morceaux: list[str] = []
        self._muet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._muet += tag in {"script", "style", "code", "kbd"}
        self.morceaux += [valeur or "" for nom, valeur in attrs if nom in ATTRIBUTS]

    def handle_endtag(self, tag: str) -> None:
        self._muet -= tag in {"script", "style", "code", "kbd"}

    def handle_data(self, data: str) -> None:
        if not self._muet:
            self.morceaux.append(data)


def page_text(html: str) -> str:
    """Words of a page of HTML."""
    page = _Page()
    page.feed(html)
    return " ".join(page.morceaux)


def guide_text(source: str) -> str:
    """Words of a page of Markdown: no code, no address of a link or of a picture, no name of a file."""
    source = re.sub(r"`[^`]*`|\]\([^)]*\)", " ", source).replace("**", "")
    return re.sub(r"[\w.-]+\.md\b", " ", source)


def code_texts(source: str) -> Iterator[str]:
    """Sentences of a Python file that are written for a person: no docstring, no code."""
    arbre = ast.parse(source)
    docstrings = {
        id(noeud.body[0].value)
        for noeud in ast.walk(arbre)
        if isinstance(noeud, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and noeud.body
        and isinstance(noeud.body[0], ast.Expr)
    }
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.Constant) and isinstance(noeud.value, str) and id(noeud) not in docstrings:
            if PHRASE.match(noeud.value) and not CODE.search(noeud.value):
                yield noeud.value


def words(texte: str) -> set[str]:
    """Words of a text as hunspell wants them; sigles, numbers, fingerprints and addresses left out."""
    texte = EMPREINTE.sub(r"\1", texte)
    plat = re.sub(r"\S*[@/\d]\S*", " ", texte.replace("’", "'").replace("\u00ad", ""))
    return {mot.strip("'-") for mot in MOT.findall(plat) if not SIGLE.match(mot)} - {""}


def accepted() -> set[str]:
    """Words of the trade and of the city that no dictionary knows."""
    lignes = ADMIS.read_text(encoding="utf8").splitlines()
    return {ligne.strip() for ligne in lignes if ligne.strip() and not ligne.startswith("#")}


def unknown(mots: Iterable[str]) -> set[str]:
    """Words that hunspell's French dictionary does not know and that mots.txt does not accept."""
    connus = accepted()
    reste = sorted({re.sub(r"^(?:[cdjlmnst]|qu|lorsqu|jusqu|puisqu)'", "", m, flags=re.I) for m in mots})
    commande = ["/usr/bin/hunspell", "-d", "fr_FR", "-i", "utf-8", "-l"]
    sortie = subprocess.run(commande, input="\n".join(reste), capture_output=True, text=True, check=True)
    return {mot for mot in sortie.stdout.split() if mot not in connus and mot.lower() not in connus}


def where(sources: dict[str, set[str]]) -> dict[str, list[str]]:
    """Unknown word → the places that hold it."""
    ou = defaultdict(list)
    for lieu, mots in sources.items():
        for mot in mots:
            ou[mot].append(lieu)
    fautes = unknown(ou)
    return {
        mot: lieux
        for mot, lieux in sorted(ou.items())
        if re.sub(r"^(?:[cdjlmnst]|qu|lorsqu|jusqu|puisqu)'", "", mot, flags=re.I) in fautes
    }
