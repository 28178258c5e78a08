"""xls, xlsb and ods; passwords; the child process that reads workbooks, and how it may end."""

import datetime
import json
import os

import pytest

from nouvea_sst.imports.lecture import classeur
from nouvea_sst.imports.lecture.classeur import TROP_LONG
from nouvea_sst.imports.lecture.fichier import read_file
from nouvea_sst.imports.lecture.genre import ABIME, PROTEGE, TROP_GRAND
from nouvea_sst.imports.lecture.refus import FichierIllisible
from tests.imports.fichiers import make_ods, make_xls, make_xlsx

MAX = 1024 * 1024
LIGNE = "<table:table-row>%s</table:table-row>"
TEXTE = '<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>'
NOMBRE = '<table:table-cell office:value-type="float" office:value="%s"><text:p>x</text:p></table:table-cell>'
JOUR = '<table:table-cell office:value-type="date" office:date-value="%s"/>'
VIDES = '<table:table-cell table:number-columns-repeated="%s"/>'


def rename_stream(nom: str) -> bytes:
    """An old Office file whose stream has this name."""
    return make_xls([(0, 0, "Nom")]).replace("Workbook".encode("utf-16-le"), nom.encode("utf-16-le"))


@pytest.mark.parametrize(
    "depuis_1904, jour", [(False, datetime.date(1902, 9, 26)), (True, datetime.date(1906, 9, 27))]
)
def test_xls_keeps_types_blanks_and_row_numbers(depuis_1904, jour):
    tete = [(0, 0, "Nom"), (0, 1, "Né le")]
    corps = [(2, 0, "ÉLOI"), (2, 1, ("date", 1000)), (2, 3, 3120), (2, 4, 1.5)]
    lu = read_file(make_xls(tete + corps, depuis_1904=depuis_1904), MAX)
    assert lu.format == "xls"
    assert lu.feuilles[0].lignes == [["Nom", "Né le"], [], ["ÉLOI", jour, None, 3120, 1.5]]
    assert type(lu.feuilles[0].lignes[2][3]) is int


def test_xls_that_begins_lower_and_further_right_keeps_its_place():
    lu = read_file(make_xls([(2, 2, "Nom"), (3, 2, "SAO")]), MAX)
    assert lu.feuilles[0].lignes == [[], [], [None, None, "Nom"], [None, None, "SAO"]]


def test_cell_of_an_xls_in_error_is_empty():
    lu = read_file(make_xls([(0, 0, "Nom"), (0, 1, ("erreur", 0x2A)), (0, 2, 1)]), MAX)
    assert lu.feuilles[0].lignes == [["Nom", None, 1]]


def test_ods_keeps_types_blanks_and_sheets():
    feuilles = {
        "Liste": LIGNE % (TEXTE % "Nom" + VIDES % 2 + TEXTE % "Né le")
        + '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        + LIGNE % (TEXTE % "ÉLOI" + NOMBRE % 3120 + NOMBRE % 1.5 + JOUR % "1980-03-12"),
        "Vide": "",
        "Erreurs": LIGNE % (TEXTE % "#N/A"),
    }
    lu = read_file(make_ods(feuilles), MAX)
    assert lu.format == "ods"
    assert {f.nom: f.lignes for f in lu.feuilles} == {
        "Liste": [["Nom", None, None, "Né le"], [], [], ["ÉLOI", 3120, 1.5, datetime.date(1980, 3, 12)]],
        "Erreurs": [["#N/A"]],
    }


def test_ods_that_claims_billions_of_cells_is_refused():
    dos = LIGNE % (VIDES % 999_999_999 + TEXTE % "x")
    with pytest.raises(FichierIllisible):
        read_file(make_ods({"A": dos}), MAX)


@pytest.mark.parametrize(
    "contenu",
    [
        make_xls([(0, 0, "Nom")], protege=True),
        make_ods({"A": ""}, chiffre=True),
        rename_stream("EncryptedPackage"),
    ],
)
def test_password_is_told(contenu):
    with pytest.raises(FichierIllisible, match="mot de passe") as refus:
        read_file(contenu, MAX)
    assert str(refus.value) == PROTEGE


@pytest.mark.parametrize(
    "flux, phrase",
    [
        ("WordDocument", "Un document Word (.doc) ne se lit pas ici"),
        ("PowerPoint Document", "Une présentation PowerPoint (.ppt) ne se lit pas ici"),
        ("Autre chose", ABIME),
    ],
)
def test_other_old_office_files_are_refused_by_name(flux, phrase):
    with pytest.raises(FichierIllisible) as refus:
        read_file(rename_stream(flux), MAX)
    assert str(refus.value).startswith(phrase)


def test_cut_xls_is_refused():
    with pytest.raises(FichierIllisible) as refus:
        read_file(make_xls([(0, 0, "Nom")])[:1500], MAX)
    assert str(refus.value) == ABIME


def test_xls_whose_cells_would_fill_the_memory_is_refused():
    with pytest.raises(FichierIllisible) as refus:
        read_file(make_xls([(0, 0, "Nom"), (65_535, 255, "x")]), MAX)
    assert str(refus.value) == TROP_GRAND


@pytest.mark.parametrize(
    "programme, phrase",
    [
        ("import os; os.abort()", TROP_GRAND),
        ("raise SystemExit(3)", ABIME),
        ("import os; os.kill(os.getpid(), 11)", ABIME),
        ('print(\'{"feuille": "A", "masquee": false}\'); print(\'["coup\')', ABIME),
        ("import os; os.kill(os.getpid(), 24)", TROP_LONG),
    ],
)
def test_child_that_ends_badly_gives_one_sentence(monkeypatch, programme, phrase):
    monkeypatch.setattr(classeur, "ENFANT", ("-c", programme))
    with pytest.raises(FichierIllisible) as refus:
        read_file(make_xls([(0, 0, "Nom")]), MAX)
    assert str(refus.value) == phrase


def test_child_that_never_ends_is_ended(monkeypatch):
    monkeypatch.setattr(classeur, "ENFANT", ("-c", "import signal; signal.pause()"))
    monkeypatch.setattr(classeur, "DUREE_MAX", 0.1)
    with pytest.raises(FichierIllisible) as refus:
        read_file(make_xls([(0, 0, "Nom")]), MAX)
    assert str(refus.value) == TROP_LONG


def test_child_knows_none_of_our_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "perle")
    dire = "import json, os; print(json.dumps({'refus': json.dumps(dict(os.environ))}))"
    monkeypatch.setattr(classeur, "ENFANT", ("-c", dire))
    with pytest.raises(FichierIllisible) as refus:
        read_file(make_xlsx([["Nom"]]), MAX)
    assert set(json.loads(str(refus.value))) <= {"PATH", "LC_CTYPE"}


def test_reading_leaves_no_process_and_no_open_file():
    avant = len(os.listdir("/proc/self/fd"))
    for contenu in (make_xlsx([["Nom"]]), make_xls([(0, 0, "Nom")])[:1500]):
        try:
            read_file(contenu, MAX)
        except FichierIllisible:
            continue
    assert len(os.listdir("/proc/self/fd")) == avant
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
