"""The lexicon of the seed against what a doctor types: hits and false alarms counted, and each disguise."""

import json
import re
from pathlib import Path

import pytest

from tests.visites.phrases_lexique import CLINIQUES, ORDINAIRES
from visites.enums import GenreMot
from visites.rules.lexique import (
    Terme,
    compile_lexique,
    cut_text,
    find_marks,
    refuse_terme,
    unconfirmed,
    word_refusal,
    words_of,
)

DONNEES = Path(__file__).parents[2] / "visites" / "donnees"
FAUSSES_ALERTES_MAX = 0
MANQUES_MAX = 0
TERMES = tuple(
    Terme(mot, genre, forme == "debuts")
    for genre, formes in json.loads((DONNEES / "lexique.json").read_text(encoding="utf8")).items()
    for forme, mots in formes.items()
    for mot in mots
)
LEXIQUE = compile_lexique(TERMES)


def marked(texte, lexique=LEXIQUE):
    return [marque.mot for marque in find_marks(texte, lexique)]


def test_plain_restrictions_raise_no_false_alarm(decompte):
    alarmes = {texte: marked(texte) for texte in ORDINAIRES if marked(texte)}
    decompte["plain restriction texts"] += len(ORDINAIRES)
    decompte["false alarms"] += len(alarmes)
    assert len(set(ORDINAIRES)) >= 150
    assert len(alarmes) <= FAUSSES_ALERTES_MAX, alarmes


def test_clinical_sentences_are_marked_at_their_word(decompte):
    manques = []
    for phrase in CLINIQUES:
        texte, attendu = re.sub("« | »", "", phrase), words_of(re.search("« (.+) »", phrase)[1])
        lus = [mot for marque in find_marks(texte, LEXIQUE) for mot in words_of(marque.mot)]
        if not set(attendu) & set(lus):
            manques.append(phrase)
    decompte["clinical sentences"] += len(CLINIQUES)
    decompte["hits"] += len(CLINIQUES) - len(manques)
    assert len(set(CLINIQUES)) >= 180
    assert len(manques) <= MANQUES_MAX, manques


def test_catalogue_of_measures_and_public_motives_holds_no_clinical_word():
    mesures = json.loads((DONNEES / "restrictions.json").read_text(encoding="utf8"))
    motifs = json.loads((DONNEES / "motifs.json").read_text(encoding="utf8"))
    textes = [t for m in mesures for t in (m["libelle"], m["precision_attendue"])]
    textes += [m["libelle_public"] for m in motifs]
    assert {texte: marked(texte) for texte in textes if marked(texte)} == {}


def test_seed_holds_enough_words_each_once_and_each_readable(decompte):
    cliniques = [t for t in TERMES if t.genre != GenreMot.ADMIS]
    decompte["clinical entries"] += len(cliniques)
    decompte["admitted entries"] += len(TERMES) - len(cliniques)
    plies = [(" ".join(words_of(t.libelle)), t.debut) for t in TERMES]
    assert len(cliniques) >= 300 and len(plies) == len(set(plies))
    assert {t.libelle: refuse_terme(t) for t in TERMES if refuse_terme(t)} == {}
    assert [t.libelle for t in cliniques if not marked(t.libelle)] == []


@pytest.mark.parametrize(
    "texte, mots",
    [
        ("EPILEPSIE", ["EPILEPSIE"]),
        ("e\u0301pilepsie", ["e\u0301pilepsie"]),
        ("Les hernies discales", ["hernies discales"]),
        ("canaux carpiens", ["canaux carpiens"]),
        ("l’asthme", ["asthme"]),
        ("d'asthme", ["asthme"]),
        ("l´asthme", ["asthme"]),
        ("anti-dépresseurs", ["anti-dépresseurs"]),
        ("anti\u2011dépresseurs", ["anti\u2011dépresseurs"]),
        ("lom-\nbalgie", ["lom-\nbalgie"]),
        ("lom-\r\nbalgie", ["lom-\r\nbalgie"]),
        ("hernie\ndiscale", ["hernie\ndiscale"]),
        ("hernie\u00a0discale", ["hernie\u00a0discale"]),
        ("lom\u00adbal\u00adgie", ["lom\u00adbal\u00adgie"]),
        ("can\u200bcer", ["can\u200bcer"]),
        ("с\u0430nc\u0435r", ["с\u0430nc\u0435r"]),
        ("ΑVC", ["ΑVC"]),
        ("ｃａｎｃｅｒ", ["ｃａｎｃｅｒ"]),
        ("cœur fragile", ["cœur"]),
        ("coeur fragile", ["coeur"]),
        ("burn-out", ["burn-out"]),
        ("(diabète)", ["diabète"]),
        ("diabète/asthme", ["diabète", "asthme"]),
        ("hernie. Discale", ["hernie"]),
        ("", []),
        ("🙂 10 kg", []),
        ("hernie-discale", ["hernie-discale"]),
        ("douleur lombaire, cervicale et rénale", ["douleur", "lombaire", "cervicale", "rénale"]),
    ],
)
def test_a_word_is_known_under_each_disguise(texte, mots):
    assert marked(texte) == mots


@pytest.mark.parametrize(
    "texte",
    [
        "au sein de l’équipe",
        "au cœur de la ville",
        "soutien lombaire",
        "agents cancérogènes",
        "toutes les deux heures",
        "une fois par jour",
        "agent raté",
        "le foin",
        "prise bipolaire",
        "hors de l’enceinte du dépôt",
    ],
)
def test_words_of_work_that_resemble_a_clinical_one_are_left(texte):
    assert marked(texte) == []


def test_an_admitted_word_covers_only_what_it_holds():
    assert marked("soutien lombaire, car fragilité lombaire") == ["lombaire"]
    assert marked("au sein de l’équipe, cancer du sein") == ["cancer", "sein"]
    assert marked("douleur à la main droite") == ["douleur"]


def test_marks_cut_the_text_without_changing_it():
    texte = "Porte une prothèse ;\nl’épaule, sous Tramadol."
    marques = find_marks(texte, LEXIQUE)
    morceaux = cut_text(texte, marques)
    assert "".join(mot for mot, _ in morceaux) == texte
    assert [mot for mot, marque in morceaux if marque] == ["prothèse", "Tramadol"]
    assert [m.genre for m in marques] == [GenreMot.SOIN, GenreMot.MEDICAMENT]


def test_a_word_is_confirmed_whatever_its_accents_and_asked_once():
    marques = find_marks("Diabète, DIABETE et asthme", LEXIQUE)
    assert [m.mot for m in unconfirmed(marques, [])] == ["Diabète", "asthme"]
    assert [m.mot for m in unconfirmed(marques, ["diabete"])] == ["asthme"]
    assert "«\u00a0asthme\u00a0» (maladie ou trouble). Retirez-le" in word_refusal(
        unconfirmed(marques, ["diabete"])
    )


def test_a_beginning_reaches_further_than_a_whole_word():
    lexique = compile_lexique((Terme("rein", "organe"), Terme("nephro", "organe", debut=True)))
    assert marked("rein, reins, reine, néphrologue", lexique) == ["rein", "reins", "néphrologue"]


@pytest.mark.parametrize(
    "terme, mots",
    [
        (Terme(" -- ", "organe"), "au moins un mot"),
        (Terme("os", "organe", debut=True), "au moins 4 lettres"),
        (Terme("a", "organe"), "deux lettres"),
        (Terme("un deux trois quatre cinq six", "organe"), "5 mots"),
        (Terme("12", "organe"), "au moins un mot"),
    ],
)
def test_what_would_mark_everything_or_nothing_is_no_entry(terme, mots):
    assert mots in refuse_terme(terme)


def test_a_long_text_without_spaces_is_read():
    assert marked("a" * 2000) == [] and marked("-".join(["cancer"] * 300)) == ["cancer"] * 300
