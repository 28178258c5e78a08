"""Reads docs/guide/: the small part of Markdown in which the guides are written, as a page.

A line that is none of these is refused, and so is an address that leads nowhere: what a guide cannot say here
is said otherwise. One block, then an empty line::

    # Title    ## Section    paragraph    - item    1. item    ![caption](images/a.png)

Inside a block: **word of the screen**, `key`, [words](other.md). All text is escaped.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from nouvea_sst.lib.texte import fold

DOSSIER = "docs/guide"
COMMUN = "README"
EN_LIGNE = re.compile(
    r"\*\*(?P<gras>[^*]+)\*\*|`(?P<touche>[^`]+)`|\[(?P<mots>[^\]]+)\]\((?P<lien>[^)\s]+)\)"
)
IMAGE = re.compile(r"!\[(?P<legende>[^\]]+)\]\((?P<fichier>[^)\s]+)\)")
PUCE, RANG = re.compile(r"- (.+)"), re.compile(r"\d+\. (.+)")
REFUSEES = re.compile(r"[*`<>#!|]|\]\(")
Adresse = Callable[[str], str]


@dataclass(frozen=True)
class Guide:
    """A guide as a page: its title, its sections (anchor, title), its text."""

    titre: str
    sections: Sequence[tuple[str, str]]
    corps: SafeString


@cache
def list_guides() -> tuple[str, ...]:
    """Return the names of the guides: roles, and README for what is common to all."""
    return tuple(sorted(chemin.stem for chemin in (Path(settings.BASE_DIR) / DOSSIER).glob("*.md")))


def read_guide(nom: str, adresse: Adresse) -> Guide:
    """Return a guide; `adresse` turns what a link or a picture names into an address.

    Raises LookupError for an unknown name, ValueError for a line that is not understood.
    """
    if nom not in list_guides():
        raise LookupError(nom)
    return render_guide((Path(settings.BASE_DIR) / DOSSIER / f"{nom}.md").read_text(encoding="utf8"), adresse)


def render_guide(source: str, adresse: Adresse) -> Guide:
    """Return the page of a source that begins with its title."""
    debut, _, reste = source.strip().partition("\n")
    if not debut.startswith("# "):
        raise ValueError("a guide begins with its title")
    blocs = [bloc.splitlines() for bloc in re.split(r"\n\s*\n", reste.strip())]
    titres = [ligne[3:] for ligne, *_ in blocs if ligne.startswith("## ")]
    corps = format_html_join("\n", "{}", ((_block(bloc, adresse),) for bloc in blocs))
    return Guide(debut[2:], [(anchor(titre), titre) for titre in titres], corps)


def anchor(titre: str) -> str:
    """Return the name of a section in an address."""
    return "-".join(fold(titre).split())


def _block(lignes: list[str], adresse: Adresse) -> SafeString:
    """One block."""
    premiere = lignes[0]
    if len(lignes) == 1 and premiere.startswith("## "):
        return format_html('<h2 id="{}">{}</h2>', anchor(premiere[3:]), premiere[3:])
    if len(lignes) == 1 and (image := IMAGE.fullmatch(premiere)):
        modele = '<figure><img src="{}" alt="" loading="lazy"><figcaption>{}</figcaption></figure>'
        return format_html(modele, adresse(image["fichier"]), image["legende"])
    for balise, motif in (("ul", PUCE), ("ol", RANG)):
        if motif.fullmatch(premiere):
            return _items(balise, motif, lignes, adresse)
    return format_html("<p>{}</p>", _inline(" ".join(lignes), adresse))


def _items(balise: str, motif: re.Pattern[str], lignes: list[str], adresse: Adresse) -> SafeString:
    """A list, each item on its line."""
    lues = [motif.fullmatch(ligne) for ligne in lignes]
    if None in lues:
        raise ValueError(f"not an item: {lignes[lues.index(None)]}")
    items = format_html_join("", "<li>{}</li>", ((_inline(lue[1], adresse),) for lue in lues if lue))
    return format_html("<{0}>{1}</{0}>", SafeString(balise), items)


def _inline(texte: str, adresse: Adresse) -> SafeString:
    """Words, with what stands out in them."""
    morceaux, fin = [], 0
    for lu in EN_LIGNE.finditer(texte):
        morceaux += [_plain(texte[fin : lu.start()]), _marked(lu, adresse)]
        fin = lu.end()
    return format_html_join("", "{}", ((m,) for m in [*morceaux, _plain(texte[fin:])]))


def _plain(texte: str) -> str:
    """Text without a sign that means something elsewhere. Raises ValueError for one."""
    if REFUSEES.search(texte):
        raise ValueError(f"not understood: {texte}")
    return texte


def _marked(lu: re.Match[str], adresse: Adresse) -> SafeString:
    """A word of the screen, a key, a link."""
    if lu["gras"]:
        return format_html("<b>{}</b>", lu["gras"])
    if lu["touche"]:
        return format_html("<kbd>{}</kbd>", lu["touche"])
    vers = adresse(lu["lien"])
    return format_html('<a href="{}">{}</a>', vers, lu["mots"]) if vers else format_html("{}", lu["mots"])
