"""No unknown French word in a template, in a sentence of the code or in a user guide."""

from pathlib import Path

import pytest

from tests.orthographe import lecture

pytestmark = pytest.mark.skipif(
    not Path("/usr/bin/hunspell").exists() or not Path("/usr/share/hunspell/fr_FR.dic").exists(),
    reason="hunspell et hunspell-fr ne sont pas installés",
)


def spell(suffixe, extract, dossier=""):
    """Unknown words of the files with this suffix, with their places, and how many words were read."""
    sources = {
        str(chemin.relative_to(lecture.RACINE)): lecture.words(extract(chemin.read_text("utf8")))
        for chemin in lecture.project_files(suffixe)
        if str(chemin.relative_to(lecture.RACINE)).startswith(dossier)
    }
    return lecture.where(sources), sum(map(len, sources.values()))


def test_templates_hold_no_unknown_word():
    fautes, lus = spell(".html", lecture.template_text)
    assert fautes == {}
    assert lus > 1000


def test_sentences_of_the_code_hold_no_unknown_word():
    fautes, lus = spell(".py", lambda source: " ".join(lecture.code_texts(source)))
    assert fautes == {}
    assert lus > 1000


def test_user_guides_hold_no_unknown_word():
    fautes, lus = spell(".md", lecture.guide_text, "docs/guide/")
    assert fautes == {}
    assert lus > 1000


def test_faults_are_seen():
    texte = '<p title="Une fote">{% trans "Le dossiers du medecain" %} Visite réalisé {{ x }}</p>'
    assert lecture.unknown(lecture.words(lecture.template_text(texte))) == {"fote", "medecain"}
    code = 'def f():\n    """English words here."""\n    return "La visitte est placée."\n'
    assert lecture.unknown(lecture.words(" ".join(lecture.code_texts(code)))) == {"visitte"}
    guide = "Ouvrez la **Corbaille**, voyez [le somaire](README.md) et `les mot`."
    assert lecture.unknown(lecture.words(lecture.guide_text(guide))) == {"Corbaille", "somaire"}


def test_every_accepted_word_is_needed():
    connus = lecture.accepted()
    commande = lecture.subprocess.run(
        ["/usr/bin/hunspell", "-d", "fr_FR", "-i", "utf-8", "-l"],
        input="\n".join(sorted(connus)),
        capture_output=True,
        text=True,
        check=True,
    )
    assert connus - set(commande.stdout.split()) == set()
