"""What a section may type in a letter: everything else is refused with a sentence, or printed as words."""

import datetime
import socket
from unittest import mock

import pytest

from documents.enums import DomaineLettre, GenreLettre
from documents.mise_en_page import Cadre, Page, write_page
from documents.models import EnTete, LettreType, VersionLettre
from documents.rules.champs import H1, examples_for, fields_for
from documents.rules.gabarits import fill_gabarit, fill_line, names_in, read_gabarit, refuse_gabarit
from nouvea_sst.lib.pdf import Presse, is_pdf_possible

JOUR = datetime.date(2026, 11, 24)
CHAMPS = fields_for(GenreLettre.CONVOCATION, DomaineLettre.SECTION)
VALEURS = examples_for(GenreLettre.CONVOCATION, DomaineLettre.SECTION)

# What is refused, and words of the sentence that says why.
REFUSES = {
    "{{ settings.SECRET_KEY }}": "settings.SECRET_KEY",
    "{{settings.SECRET_KEY}}": "settings.SECRET_KEY",
    "{settings.SECRET_KEY}": "settings.SECRET_KEY",
    "{{ agent.nom }}": "accolades simples",
    "{% load static %}": "load static",
    "{% include '/etc/passwd' %}": "n’est pas un champ",
    "{% for a in agents %}{{ a }}{% endfor %}": "n’est pas un champ",
    "{# secret #}": "n’est pas un champ",
    "{agent.__class__}": "agent.__class__",
    "{agent.nom.__init__.__globals__}": "n’est pas un champ",
    "{0.__class__.__mro__}": "n’est pas un champ",
    "{agent.nom!r}": "agent.nom",
    "{agent.nom:>1000000000}": "Le plus proche est {agent.nom}",
    "{agent.nmo}": "Le plus proche est {agent.nom}",
    "{Agent.Nom}": "Le plus proche est {agent.nom}",
    "{rendez_vous.motif}": "n’est pas un champ",
    "{visite.avis}": "n’est pas un champ",
    "{visite.propositions}": "n’est pas un champ",
    "{}": "n’est pas un champ",
    "{ }": "n’est pas un champ",
    "{{}}": "accolades simples",
    "{{{agent.nom}}}": "n’est pas un champ",
    "{agent.nom": "pareille",
    "agent.nom}": "pareille",
    "}{": "pareille",
    "{agent.{agent.nom}}": "accolades simples",
    "${agent.nom": "pareille",
    "#{7*7}": "n’est pas un champ",
    "${7*7}": "n’est pas un champ",
    "<img src='http://exemple.nc/a.png'>": "balise",
    "<img src=file:///etc/passwd>": "balise",
    "<script>alert(1)</script>": "balise",
    "<SCRIPT SRC=//exemple.nc/x.js></SCRIPT>": "balise",
    "<style>@import url(http://exemple.nc/a.css)</style>": "balise",
    "<link rel=attachment href=file:///etc/passwd>": "balise",
    "<link rel=stylesheet href=http://exemple.nc/a.css>": "balise",
    "<a href='javascript:alert(1)'>x</a>": "balise",
    "<svg onload=alert(1)>": "balise",
    "<object data=file:///etc/hosts>": "balise",
    "<iframe src=http://exemple.nc>": "balise",
    "<b>gras</b>": "balise",
    "<!--[if IE]>": "balise",
    "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>": "balise",
    "<?php echo 1 ?>": "balise",
    "**gras sans fin": "gras",
    "| trois | cases | ici |": "| libellé | valeur |",
    "| une seule |": "| libellé | valeur |",
    "| **gras | ouvert** |": "gras",
    "un **deux\n\ntrois** quatre": "gras",
    "Bonjour\x00": "invisible",
    "Bonjour\x1b[31m": "invisible",
    "\u202eetircé à l’envers": "invisible",
    "x" * 8001: "8000 signes",
}
# What is printed as it stands.
IMPRIMES = [
    "url(http://exemple.nc/a.png)",
    "@import url('file:///etc/passwd');",
    "http://exemple.nc/suivre?a=1&b=2",
    "javascript:alert(1)",
    "&lt;img src=x&gt; &amp; &#60;script&#62;",
    "\\u003cscript\\u003e",
    "%(agent)s %s %d",
    "$agent $(id) `id`",
    "=CMD|'/C calc'!A0",
    "a < b et b > a",
    "' or 1=1 --",
    '" onload="alert(1)',
    "[lien](http://exemple.nc) ![image](file:///etc/passwd)",
    "* une étoile seule, __souligné__",
]


@pytest.mark.parametrize("texte", REFUSES)
def test_refused_with_a_sentence(texte):
    phrases = refuse_gabarit(texte, CHAMPS)
    assert phrases and REFUSES[texte] in " ".join(phrases)
    assert all(phrase.endswith(".") for phrase in phrases)


@pytest.fixture(scope="module")
def cadre():
    return Cadre(EnTete(organisme="Ville", service="Section", adresse="Rue", ville="Nouméa"), None, JOUR)


def as_page(texte, valeurs=VALEURS):
    version = VersionLettre(
        type=LettreType(genre="convocation", domaine="section"), objet="Essai", texte=texte
    )
    return Page(version, valeurs, ("Mme Kaloi",))


@pytest.mark.parametrize("texte", IMPRIMES)
def test_printed_as_words_and_nothing_fetched(cadre, texte):
    assert refuse_gabarit(texte, CHAMPS) == []
    html = write_page(as_page(texte), cadre)
    assert not any(f"<{balise}" in html for balise in ("img", "script", "link", "a ", "style"))
    if is_pdf_possible():
        presse = Presse(("css/print.css",))
        with mock.patch.object(socket, "socket", side_effect=AssertionError("a socket was opened")):
            with mock.patch.object(type(presse._fetcher), "fetch", side_effect=AssertionError("fetched")):
                presse.lay_out(html)


@pytest.mark.parametrize(
    "valeur", [t for t in REFUSES if len(t) < 1000 and "\x00" not in t and "\x1b" not in t]
)
def test_value_is_never_read_as_a_text(cadre, valeur):
    """A name that reads like a field, or like a tag, is printed."""
    html = write_page(as_page("{agent.nom}", VALEURS | {"agent.nom": valeur}), cadre)
    assert not any(f"<{balise}" in html.lower() for balise in ("img", "script", "link", "style", "iframe"))
    assert VALEURS["agent.prénom"] not in html


def test_payloads_are_counted(decompte):
    decompte.update({"textes refusés": len(REFUSES), "textes imprimés tels quels": len(IMPRIMES)})
    assert len(REFUSES) + len(IMPRIMES) >= 40


def test_paragraphs_lists_bold_and_fields():
    blocs = read_gabarit("Bonjour **{agent.nom}**,\nsuite\n\n- un\n- {agent.prénom}\nfin", CHAMPS)
    assert fill_gabarit(blocs, VALEURS) == [
        ("p", [[("Bonjour ", False), ("KALOI", True), (",", False)], [("suite", False)]]),
        ("ul", [[("un", False)], [("Rosalie", False)]]),
        ("p", [[("fin", False)]]),
    ]
    assert fill_line("Pour {agent.prénom} {agent.nom}", VALEURS) == "Pour Rosalie KALOI"
    assert names_in("{agent.nom} et\n{ lettre.date }") == {"agent.nom", "lettre.date"}


def test_rows_of_a_table_go_by_two_and_a_value_opens_no_cell(cadre):
    texte = "Avant\n| Nom | **{agent.nom}** |\n| Poste | {agent.poste} |\naprès"
    assert refuse_gabarit(texte, CHAMPS) == []
    valeurs = VALEURS | {"agent.nom": "A | B", "agent.poste": "un\ndeux <b>"}
    remplis = fill_gabarit(read_gabarit(texte, CHAMPS), valeurs)
    assert [genre for genre, _ in remplis] == ["p", "table", "p"]
    assert remplis[1][1] == [
        [("Nom", False)],
        [("A | B", True)],
        [("Poste", False)],
        [("un\ndeux <b>", False)],
    ]
    html = write_page(as_page(texte, valeurs), cadre)
    assert "<td>un<br>deux &lt;b&gt;</td>" in html and html.count("<tr>") == 2


def test_field_that_stands_alone_is_worth_paragraphs_and_stands_alone():
    champs = fields_for(GenreLettre.COURRIER, DomaineLettre.SECTION)
    assert refuse_gabarit("Ici : {courrier.texte}", champs) == [
        "{courrier.texte} se place seul sur sa ligne."
    ]
    blocs = read_gabarit("Avant\n{courrier.texte}\naprès", champs)
    remplis = fill_gabarit(blocs, {"courrier.texte": "un\ndeux\n\n{agent.nom} **trois**"})
    assert [genre for genre, _ in remplis] == ["p"] * 4
    assert remplis[2] == ("p", [[("{agent.nom} **trois**", False)]])


@pytest.mark.parametrize("genre", GenreLettre)
@pytest.mark.parametrize("domaine", [DomaineLettre.SECTION, DomaineLettre.PSYCHOLOGUE])
def test_letter_of_the_section_names_nothing_of_health(genre, domaine):
    assert not [champ.nom for champ in fields_for(genre, domaine) if champ.classe == H1]


def test_manager_is_told_neither_why_nor_by_whom():
    noms = {c.nom for c in fields_for(GenreLettre.AVIS_RESPONSABLE, DomaineLettre.MEDICAL)}
    assert not {n for n in noms if n.startswith("visite.") or "professionnel" in n or "motif" in n}
