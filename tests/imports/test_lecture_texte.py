"""Separated text: encoding, separator, quotes, lines."""

import pytest

from nouvea_sst.imports.lecture.feuille import CELLULES_MAX, LIGNES_MAX
from nouvea_sst.imports.lecture.fichier import read_file
from nouvea_sst.imports.lecture.refus import FichierIllisible
from nouvea_sst.imports.rules.textes import cell_text
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
    lu = read_file(make_csv([BOULA, GONY], encodage=encodage, separateur=separateur), MAX)
    assert (lu.encodage, lu.separateur) == (nom, mot)
    assert lu.feuilles[0].lignes == [ENTETE, BOULA, GONY]


def test_bytes_that_windows_does_not_know_are_read_as_latin_1():
    lu = read_file("Nom;Prénom\r\nA\x81;Éva\r\n".encode("latin-1"), MAX)
    assert lu.encodage == "Latin-1"
    assert lu.feuilles[0].lignes[1][1] == "Éva"


@pytest.mark.parametrize(
    "codec, nom",
    [("cp850", "MS-DOS (cp850)"), ("mac_roman", "Macintosh"), ("cp1252", "Windows-1252")],
)
def test_old_encodings_are_told_by_the_french_that_they_give(codec, nom):
    lignes = [["MÉTÉRIÉ", "Thérèse"], ["KAFOA", "Noël"], ["D'HUART à l'été", "François"]]
    lu = read_file(make_csv(lignes, entete=["Nom", "Prénom"], encodage=codec), MAX)
    assert lu.encodage == nom
    assert lu.feuilles[0].lignes[1:] == lignes


def test_one_broken_letter_does_not_change_the_others():
    lu = read_file("Nom;Prénom\r\nSAO;Thérèse\r\n".encode() + b"BOULA;No\xebl\r\n", MAX)
    lignes = [[cell_text(cellule) for cellule in ligne] for ligne in lu.feuilles[0].lignes]
    assert lignes == [["Nom", "Prénom"], ["SAO", "Thérèse"], ["BOULA", "Noël"]]


def test_columns_padded_with_zeros_are_text():
    lu = read_file(b"Nom\x00\x00;Prenom\r\nSAO\x00\x00;Anne\x00\r\n", MAX)
    assert lu.feuilles[0].lignes == [["Nom", "Prenom"], ["SAO", "Anne"]]


def test_rows_of_unequal_length_stay_as_they_are():
    lu = read_file(b"Nom;Prenom;Sexe\r\nSAO\r\nKAM;Kelly;F;;\r\nGONY;Didier;H;x;y\r\n", MAX)
    assert [len(ligne) for ligne in lu.feuilles[0].lignes] == [3, 1, 3, 5]


def test_very_long_cell_is_one_cell():
    lu = read_file(b"Nom;Note\r\nSAO;" + b"x" * 200_000 + b"\r\n", MAX)
    assert len(lu.feuilles[0].lignes[1][1]) == 200_000


@pytest.mark.parametrize(
    "fin, refus",
    [(b'GONY;"Didier\r\nSAO;Anne\r\n', True), (b'GONY;12" de haut\r\nSAO;Anne\r\n', False)],
)
def test_quote_that_swallows_rows_is_refused(fin, refus):
    contenu = b"Nom;Prenom\r\nBOULA;Nathalie\r\n" + fin
    if refus:
        with pytest.raises(FichierIllisible, match="guillemet"):
            read_file(contenu, MAX)
    else:
        assert len(read_file(contenu, MAX).feuilles[0].lignes) == 4


@pytest.mark.parametrize(
    "contenu, extrait",
    [
        (b";" * 500 + b"x\n", "400 colonnes"),
        (b"a\n" * (LIGNES_MAX + 1), "300 000 lignes"),
        (b"a;b;c;d;e;f;g;h;i;j;k;l\n" * (CELLULES_MAX // 12 + 1), "trop de cellules"),
    ],
)
def test_table_beyond_measure_is_refused(contenu, extrait):
    with pytest.raises(FichierIllisible, match=extrait):
        read_file(contenu, 30 * MAX)


def test_separator_inside_quotes_does_not_count():
    lignes = [["KAM, Kelly", "a;b"], ["SAO, Anne", "c;d"]]
    lu = read_file(make_csv(lignes, entete=["Nom, prénom", "Note; brève"], separateur=","), MAX)
    assert lu.feuilles[0].lignes[1:] == lignes


def test_quotes_doubled_and_lines_inside_a_cell():
    lu = read_file(make_csv([['dit "Bob"', "deux\nlignes"]], entete=["Nom", "Prénom"]), MAX)
    assert lu.feuilles[0].lignes[1] == ['dit "Bob"', "deux\nlignes"]


def test_rows_keep_their_number_when_lines_are_blank():
    lu = read_file(b"Nom;Prenom\r\n\r\nSAO;Anne\r\n", MAX)
    assert lu.feuilles[0].lignes == [["Nom", "Prenom"], [], ["SAO", "Anne"]]


def test_excel_line_that_names_the_separator():
    lu = read_file(b"sep=|\r\nNom|Prenom\r\nSAO|Anne;Marie\r\n", MAX)
    assert lu.feuilles[0].lignes == [[], ["Nom", "Prenom"], ["SAO", "Anne;Marie"]]


@pytest.mark.parametrize(
    "contenu, extrait",
    [
        (b"", "est vide"),
        (b"  \r\n\t", "est vide"),
        (b"\xef\xbb\xbf", "est vide"),
        (b"\x00" * 40, "est vide"),
        (b"x" * (MAX + 1), "dépasse 1 Mo"),
        (b"%PDF-1.7 ...", "Un document PDF ne se lit pas ici : demandez le tableau d’origine"),
        (b"\x09\x08\x06\x00", "Excel d’avant 1993"),
        (b"\x89PNG\r\n", "Une image"),
        (b"\x1f\x8b\x08", "compressé (.gz) ne se lit pas ici : décompressez-le"),
        (b"MZ\x90\x00", "Un programme"),
        (b'{"a": 1}', "Un fichier JSON"),
        (b'[\n  {"a": 1}]', "Un fichier JSON"),
        (b"<?xml version='1.0'?><a/>", "Un fichier XML"),
        (b"<root><a>1</a></root>", "Un fichier XML"),
        ("<?xml version='1.0'?><a/>".encode("utf-16"), "Un fichier XML"),
        (b"<?xml ?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>", "XML d’Excel 2003"),
        (b"<!DOCTYPE html><html>", "Une page web ne se lit pas ici : ouvrez-le"),
        (b"\r\n <TABLE><tr><td>Nom", "Une page web"),
        (b"a\x00b;c\x01d\x00\x02", "ni un classeur ni du texte"),
        (bytes(range(256)) * 8, "ni un classeur ni du texte"),
        (b"\xff\xfeN\x00\xd8", "encodage"),
        (b"\xef\xbb\xbfNom;Pr\xe9nom", "encodage"),
    ],
)
def test_refusals_are_one_french_sentence(contenu, extrait):
    with pytest.raises(FichierIllisible) as refus:
        read_file(contenu, MAX)
    assert extrait in str(refus.value)
    assert str(refus.value).endswith(".")


def test_cell_without_end_is_refused():
    contenu = b'Nom;Prenom\r\n"' + b"x" * 1_100_000
    with pytest.raises(FichierIllisible, match="guillemet"):
        read_file(contenu, 2 * MAX)
