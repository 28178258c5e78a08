"""Separated text: encoding, separator, quotes, lines."""

import pytest

from nouvea_sst.imports.lecture.fichier import read_file
from nouvea_sst.imports.lecture.refus import FichierIllisible
from tests.imports.fichiers import BOULA, ENTETE, GONY, make_csv

MAX = 1024 * 1024


@pytest.mark.parametrize(
    "encodage, nom",
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("cp1252", "Windows-1252"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("utf-32-be", "UTF-32"),
    ],
)
@pytest.mark.parametrize(
    "separateur, mot",
    [(";", "point-virgule"), (",", "virgule"), ("\t", "tabulation"), ("|", "barre verticale")],
)
def test_encoding_and_separator_are_found(encodage, nom, separateur, mot):
    lu = read_file(make_csv([BOULA, GONY], encodage=encodage, separateur=separateur), "r.csv", MAX)
    assert (lu.encodage, lu.separateur) == (nom, mot)
    assert lu.feuilles[0].lignes == [ENTETE, BOULA, GONY]


def test_bytes_that_windows_does_not_know_are_read_as_latin_1():
    lu = read_file("Nom;Prénom\r\nA\x81;Éva\r\n".encode("latin-1"), "r.csv", MAX)
    assert lu.encodage == "Latin-1"
    assert lu.feuilles[0].lignes[1][1] == "Éva"


def test_separator_inside_quotes_does_not_count():
    lignes = [["KAM, Kelly", "a;b"], ["SAO, Anne", "c;d"]]
    lu = read_file(make_csv(lignes, entete=["Nom, prénom", "Note; brève"], separateur=","), "r.csv", MAX)
    assert lu.feuilles[0].lignes[1:] == lignes


def test_quotes_doubled_and_lines_inside_a_cell():
    lu = read_file(make_csv([['dit "Bob"', "deux\nlignes"]], entete=["Nom", "Prénom"]), "r.csv", MAX)
    assert lu.feuilles[0].lignes[1] == ['dit "Bob"', "deux\nlignes"]


def test_rows_keep_their_number_when_lines_are_blank():
    lu = read_file(b"Nom;Prenom\r\n\r\nSAO;Anne\r\n", "r.csv", MAX)
    assert lu.feuilles[0].lignes == [["Nom", "Prenom"], [], ["SAO", "Anne"]]


def test_excel_line_that_names_the_separator():
    lu = read_file(b"sep=|\r\nNom|Prenom\r\nSAO|Anne;Marie\r\n", "r.csv", MAX)
    assert lu.feuilles[0].lignes == [[], ["Nom", "Prenom"], ["SAO", "Anne;Marie"]]


@pytest.mark.parametrize(
    "contenu, nom, extrait",
    [
        (b"", "r.csv", "est vide"),
        (b"  \r\n\t", "r.csv", "est vide"),
        (b"\xef\xbb\xbf", "r.csv", "est vide"),
        (b"x" * (MAX + 1), "r.csv", "dépasse 1 Mo"),
        (b"%PDF-1.7 ...", "r.csv", "document PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "r.xls", "ancien classeur Excel (.xls)"),
        (b"\x89PNG\r\n", "r.csv", "une image"),
        (b"\x1f\x8b\x08", "r.csv.gz", "compressé"),
        (b'{"a": 1}', "r.json", "JSON"),
        (b"<?xml version='1.0'?><a/>", "r.txt", "XML"),
        (b"<!DOCTYPE html><html>", "r.csv", "page web"),
        (b"Nom;Prenom", "r.ods", "OpenDocument"),
        (b"Nom;Prenom", "r.xlsx", "n’est pas un classeur"),
        (b"a\x00b;c\x01d\x00\x02", "r.csv", "n’est pas du texte"),
        (b"\xff\xfeN\x00o", "r.csv", ""),
        (b"\xff\xfeN\x00\xd8", "r.csv", "encodage"),
    ],
)
def test_refusals_are_one_french_sentence(contenu, nom, extrait):
    try:
        read_file(contenu, nom, MAX)
    except FichierIllisible as refus:
        assert extrait in str(refus)
        assert str(refus).endswith((".", "…"))
    else:
        assert extrait == ""


def test_cell_without_end_is_refused():
    contenu = b'Nom;Prenom\r\n"' + b"x" * 1_100_000
    with pytest.raises(FichierIllisible, match="guillemet"):
        read_file(contenu, "r.csv", 2 * MAX)
