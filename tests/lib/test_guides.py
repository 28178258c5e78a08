"""Guides as pages: the part of Markdown that they use, nothing else, everything escaped."""

import re

import pytest
from django.contrib.staticfiles import finders

from nouvea_sst.aide.views import guide_address
from nouvea_sst.comptes.enums import Role
from nouvea_sst.lib.guides import list_guides, read_guide, render_guide

SOURCE = """# Guide de l’agent

Tapez `/`, puis **Ouvrir**, voir [le sommaire](README.md).
Suite & fin.

## Si c’est refusé

- un
- **deux**

1. premier
2. second

![Mon dossier](images/a.png)
"""


def render(source):
    """The page, addresses as they are named."""
    return render_guide(source, lambda nomme: f"/vers/{nomme}")


def test_each_kind_of_block():
    guide = render(SOURCE)
    assert guide.titre == "Guide de l’agent"
    assert guide.sections == [("si-c-est-refuse", "Si c’est refusé")]
    assert guide.corps.split("\n") == [
        "<p>Tapez <kbd>/</kbd>, puis <b>Ouvrir</b>, voir "
        '<a href="/vers/README.md">le sommaire</a>. Suite &amp; fin.</p>',
        '<h2 id="si-c-est-refuse">Si c’est refusé</h2>',
        "<ul><li>un</li><li><b>deux</b></li></ul>",
        "<ol><li>premier</li><li>second</li></ol>",
        '<figure><img src="/vers/images/a.png" alt="" loading="lazy">'
        "<figcaption>Mon dossier</figcaption></figure>",
    ]


def test_a_name_in_bold_or_in_a_link_is_escaped_too():
    corps = render("# T\n\n**a < b** et [a & b](c.md) et `<`").corps
    assert "<b>a &lt; b</b>" in corps and ">a &amp; b</a>" in corps and "<kbd>&lt;</kbd>" in corps


@pytest.mark.parametrize(
    "bloc",
    [
        "<script>alerte()</script>",
        "### Trop bas",
        "```\ncode\n```",
        "un *mot* penché",
        "- un\nla suite",
        "| a | b |\n|---|---|\n| c | d |",
        "texte ![image](a.png)",
    ],
)
def test_what_the_guides_do_not_use_is_refused(bloc):
    with pytest.raises(ValueError):
        render(f"# T\n\n{bloc}")


@pytest.mark.parametrize("nom", list_guides())
def test_every_guide_is_read_and_leads_somewhere(nom):
    guide = read_guide(nom, guide_address)
    assert len(guide.sections) >= 3
    images = re.findall(r'src="[^"]*?(guide/[^"]+)"', guide.corps)
    assert images
    assert [image for image in images if not finders.find(image)] == []


def test_unknown_guide_and_address():
    with pytest.raises(LookupError):
        read_guide("../exploitation", guide_address)
    for nomme in ("../ajouter.md", "https://exemple.nc/", "nulle-part.md"):
        with pytest.raises(ValueError):
            guide_address(nomme)


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
def test_help_leads_to_the_guide_of_the_role(client_de, role):
    client = client_de(role)
    adresse = f"/aide/guide/{role}/"
    assert f'href="{adresse}"' in client.get("/aide/").content.decode()
    assert f'href="{adresse}"' in client.get("/aide/accueil/").content.decode()
    page = client.get(adresse).content.decode()
    assert "Le guide de votre rôle" in page and "Imprimer le guide" in page
    assert "Ce que tous les rôles font" in client.get("/aide/guide/commun/").content.decode()
    assert client.get("/aide/guide/README/").status_code == 404
    assert client.get("/aide/guide/nulle-part/").status_code == 404
