"""Each role has its guide; a guide names only what the screens say; its pictures exist and stay light."""

import ast
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from nouvea_sst.comptes.enums import Role
from tests.orthographe.lecture import ATTRIBUTS, RACINE, project_files
from tests.parcours.photographier import PHOTOS

GUIDE = RACINE / "docs" / "guide"
GUIDES = sorted(GUIDE.glob("*.md"))
POIDS_MAXIMAL = 2_500_000
# In a guide, « … » stands for a number.
GRAS = re.compile(r"\*\*(.+?)\*\*")
CITE = re.compile(r"« (.+?) »")
IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
LIEN = re.compile(r"(?<!!)\[[^\]]+\]\(([^)#]+)\)")


class Morceaux(HTMLParser):
    """Gathers the pieces of text of a page, and the attributes that are read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.morceaux: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.morceaux += [valeur or "" for nom, valeur in attrs if nom in ATTRIBUTS]

    def handle_data(self, data: str) -> None:
        self.morceaux.append(data)


def flat(texte: str) -> str:
    """Blanks made one, non-breaking ones too."""
    return " ".join(texte.split())


def template_pieces(source: str) -> list[str]:
    """What a template says, cut at each tag; and the words given to its tags."""
    donnes = [
        mots
        for balise in re.findall(r"{%.*?%}", source, re.DOTALL)
        for mots in re.findall(r'"([^"]*)"', balise)
    ]
    page = Morceaux()
    page.feed(re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "<br>", source, flags=re.DOTALL))
    return [*page.morceaux, *donnes]


def code_pieces(source: str) -> list[str]:
    """Every text of a Python file, « singular,plural » in two."""
    textes = [
        n.value
        for n in ast.walk(ast.parse(source))
        if isinstance(n, ast.Constant) and isinstance(n.value, str)
    ]
    balises = [morceau for texte in textes if "</" in texte for morceau in template_pieces(texte)]
    return textes + balises + [partie for texte in textes for partie in texte.split(",")]


@cache
def pieces() -> frozenset[str]:
    """Everything that the screens may say, piece by piece."""
    dites = [p for chemin in project_files(".html") for p in template_pieces(chemin.read_text("utf8"))]
    dites += [p for chemin in project_files(".py") for p in code_pieces(chemin.read_text("utf8"))]
    return frozenset(flat(p).removesuffix(" :") for p in dites)


def unsaid(source: str) -> list[str]:
    """Words in bold that are no whole piece of the screens, quoted ones that are in none."""
    entiers = [mots for gras in GRAS.findall(source) for mots in gras.split("…")]
    cites = [mots for mots in CITE.findall(source) if "**" not in mots]
    return [m for m in map(flat, entiers) if m not in pieces()] + [
        m for m in map(flat, cites) if not any(m in piece for piece in pieces())
    ]


def test_every_role_has_its_guide_and_the_contents_name_them_all():
    assert {chemin.stem for chemin in GUIDES} == {*Role.values, "README", "import"}
    sommaire = (GUIDE / "README.md").read_text("utf8")
    assert [role for role in Role if f"\n- [{role.label}]({role}.md)\n" not in sommaire] == []


@pytest.mark.parametrize("chemin", GUIDES, ids=lambda chemin: chemin.stem)
def test_a_guide_names_what_is_on_screen_and_its_links_lead_somewhere(chemin):
    source = chemin.read_text("utf8")
    assert unsaid(source) == []
    assert [lien for lien in LIEN.findall(source) if not (GUIDE / lien).is_file()] == []
    assert [image for _, image in IMAGE.findall(source) if not (GUIDE / image).is_file()] == []
    assert all(legende for legende, _ in IMAGE.findall(source))
    if chemin.stem in Role.values:
        assert "## Ce que vous voyez" in source and "## Votre journée" in source
    if chemin.stem != "README":
        assert "## Si c’est refusé" in source
        assert 1 <= len(IMAGE.findall(source)) <= 6


def test_a_word_that_no_screen_says_is_seen():
    assert unsaid("Cliquez **Placer la viste**, puis **Appliquer les … changements**.") == ["Placer la viste"]
    assert unsaid("« Cette page est réservée à d’autres rôles » puis « Il pleut »") == ["Il pleut"]


def test_every_picture_is_shown_once_taken_by_the_script_and_light():
    montrees = {Path(i).name for chemin in GUIDES for _, i in IMAGE.findall(chemin.read_text("utf8"))}
    prises = {f"{photo.nom}.png" for photo in PHOTOS}
    fichiers = list((GUIDE / "images").iterdir())
    assert {fichier.name for fichier in fichiers} == prises == montrees - {"aujourdhui.png"}
    assert sum(fichier.stat().st_size for fichier in fichiers) < POIDS_MAXIMAL
