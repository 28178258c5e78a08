"""Workbooks: sheets, types, and what is refused before it is opened."""

import datetime
import io
import re

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from nouvea_sst.imports.lecture.classeur import RAPPORT_MAX
from nouvea_sst.imports.lecture.enfant import LOURD
from nouvea_sst.imports.lecture.fichier import read_file
from nouvea_sst.imports.lecture.refus import FichierIllisible
from tests.imports.fichiers import change_archive, make_archive, make_xlsx

MAX = 1024 * 1024
BOMBE = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">
<c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"""

FEUILLE = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData>%s</sheetData></worksheet>"
)


def test_cells_keep_their_types_and_rows_their_numbers():
    jour = datetime.datetime(1980, 3, 12)  # noqa: DTZ001 as a workbook has it
    lu = read_file(make_xlsx([["Registre"], [], ["Nom", "Né le", "N"], ["SAO", jour, 3120]]), MAX)
    assert lu.format == "xlsx"
    assert lu.feuilles[0].lignes == [["Registre"], [], ["Nom", "Né le", "N"], ["SAO", jour.date(), 3120]]


def test_empty_sheets_are_left_out():
    lu = read_file(make_xlsx([["Nom"]], feuilles=[[], [["Notice"]]]), MAX)
    assert [f.lignes for f in lu.feuilles] == [[["Notice"]], [["Nom"]]]


def test_workbook_without_a_row_is_refused():
    with pytest.raises(FichierIllisible, match="aucune ligne"):
        read_file(make_xlsx([]), MAX)


@pytest.mark.parametrize(
    "fichiers, extrait",
    [
        (
            {"word/document.xml": b"x", "[Content_Types].xml": b"x"},
            "Un fichier Word (.docx) ne se lit pas ici",
        ),
        ({"ppt/presentation.xml": b"x", "[Content_Types].xml": b"x"}, "PowerPoint (.pptx)"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "OpenDocument (.odt)"),
        ({"Index/Tables.iwa": b"x"}, "Numbers"),
        ({"a.csv": b"Nom;Prenom"}, "Une archive (.zip) ne se lit pas ici : déposez le tableau"),
        ({"[Content_Types].xml": b"<Types/>"}, "abîmé"),
        ({"xl/workbook.bin": b"x"}, "abîmé"),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x"}, "abîmé"),
        ({f"xl/{n}": b"" for n in range(1_001)}, "anormalement comprimé"),
    ],
)
def test_other_archives_are_refused_by_name(fichiers, extrait):
    with pytest.raises(FichierIllisible, match=re.escape(extrait)):
        read_file(make_archive(fichiers), MAX)


def test_cut_workbook_is_refused():
    with pytest.raises(FichierIllisible, match="abîmé"):
        read_file(make_xlsx([["Nom"]])[:-60], MAX)


def test_bomb_is_not_opened():
    bombe = make_archive({"[Content_Types].xml": b"x", "xl/worksheets/sheet1.xml": b"0" * (3 * MAX)})
    assert len(bombe) * RAPPORT_MAX < 3 * MAX
    with pytest.raises(FichierIllisible, match="anormalement comprimé"):
        read_file(bombe, MAX)


def test_entities_of_a_sheet_are_not_expanded():
    sain = make_xlsx([["Nom", "Prénom"], ["SAO", "Anne"]])
    piege = change_archive(sain, {"xl/worksheets/sheet1.xml": BOMBE})
    with pytest.raises(FichierIllisible, match="abîmé"):
        read_file(piege, MAX)


def test_what_one_library_cannot_read_the_other_does():
    deforme = change_archive(make_xlsx([["Nom"], ["SAO"]]), {"docProps/core.xml": b"<coupe"})
    assert read_file(deforme, MAX).feuilles[0].lignes == [["Nom"], ["SAO"]]


def test_formulas_give_what_they_last_gave_and_their_text_is_nothing_but_text():
    formule = read_file(make_xlsx([["Nom", "Total"], ["SAO", "=1+1"]]), MAX)
    assert formule.feuilles[0].lignes == [["Nom", "Total"], ["SAO"]]
    texte = read_file(b"Nom;Note\r\nSAO;=cmd|' /C calc'!A0\r\n", MAX)
    assert texte.feuilles[0].lignes[1][1] == "=cmd|' /C calc'!A0"


def test_cells_in_error_are_text():
    lu = read_file(make_xlsx([["Nom", "Age"], ["SAO", "#N/A"]]), MAX)
    assert lu.feuilles[0].lignes[1] == ["SAO", "#N/A"]


def test_numbers_moments_and_durations():
    moment = datetime.datetime(2020, 1, 2, 8, 30)  # noqa: DTZ001 as a workbook has it
    duree = datetime.timedelta(hours=36, minutes=5)
    lu = read_file(make_xlsx([[3120.0, 1.1 + 2.2, True, moment, datetime.time(8, 5), duree, " "]]), MAX)
    assert lu.feuilles[0].lignes == [[3120, 3.3, True, moment, datetime.time(8, 5), "36:05:00", " "]]
    assert [type(c) for c in lu.feuilles[0].lignes[0][:3]] == [int, float, bool]


def test_dates_counted_from_1904():
    classeur = Workbook()
    classeur.epoch = CALENDAR_MAC_1904
    classeur.active.append(["Né le", datetime.date(1980, 3, 12)])
    sortie = io.BytesIO()
    classeur.save(sortie)
    assert read_file(sortie.getvalue(), MAX).feuilles[0].lignes == [["Né le", datetime.date(1980, 3, 12)]]


def test_merged_cells_hold_their_value_once():
    classeur = Workbook()
    for ligne in (["Service", "Nom"], ["Voirie", "SAO"], [None, "KAM"]):
        classeur.active.append(ligne)
    classeur.active.merge_cells("A2:A3")
    sortie = io.BytesIO()
    classeur.save(sortie)
    assert read_file(sortie.getvalue(), MAX).feuilles[0].lignes[1:] == [["Voirie", "SAO"], [None, "KAM"]]


@pytest.mark.parametrize(
    "etats, extrait", [(["visible", "hidden"], ""), (["hidden", "veryHidden"], "masquées")]
)
def test_hidden_sheets_are_told_apart(etats, extrait):
    classeur = Workbook()
    classeur.create_sheet("Autre").append(["Prénom"])
    classeur.active.append(["Nom"])
    for feuille, etat in zip(classeur.worksheets, etats, strict=True):
        feuille.sheet_state = etat
    classeur.active = 0
    sortie = io.BytesIO()
    classeur.create_sheet("Garde")
    classeur.save(sortie)
    if extrait:
        with pytest.raises(FichierIllisible, match=extrait):
            read_file(sortie.getvalue(), MAX)
    else:
        assert [f.masquee for f in read_file(sortie.getvalue(), MAX).feuilles] == [False, True]


def test_a_row_of_any_number_does_not_last():
    feuille = FEUILLE % b'<row r="1"><c r="A1"><v>1</v></c></row><row r="999999999"/>'
    lu = read_file(change_archive(make_xlsx([["x"]]), {"xl/worksheets/sheet1.xml": feuille}), MAX)
    assert lu.feuilles[0].lignes == [[1]]


def test_million_blank_rows_and_a_stray_cell():
    blanches = b"".join(b'<row r="%d" ht="15"/>' % n for n in range(2, 1_000_000))
    tete = b'<row r="1"><c r="A1"><v>1</v></c></row>'
    sans = change_archive(make_xlsx([["x"]]), {"xl/worksheets/sheet1.xml": FEUILLE % (tete + blanches)})
    assert read_file(sans, 9 * MAX).feuilles[0].lignes == [[1]]
    seule = b'<row r="6000"><c r="A6000"><v>1</v></c></row>'
    avec = change_archive(make_xlsx([["x"]]), {"xl/worksheets/sheet1.xml": FEUILLE % (tete + seule)})
    with pytest.raises(FichierIllisible, match="5998 lignes vides"):
        read_file(avec, MAX)


@pytest.mark.parametrize(
    "cellule, lue", [(b'<c r="A1" t="e"><v>#N/A</v></c>', "#N/A"), (b'<c r="A1"><v>7</v></c>', 7)]
)
def test_large_workbook_keeps_its_cells_in_error(cellule, lue):
    autres = b"".join(
        b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n * 7919) for n in range(2, 250_000)
    )
    feuille = FEUILLE % (b'<row r="1">' + cellule + b"</row>" + autres)
    assert len(feuille) > LOURD
    lignes = (
        read_file(change_archive(make_xlsx([[1]]), {"xl/worksheets/sheet1.xml": feuille}), 9 * MAX)
        .feuilles[0]
        .lignes
    )
    assert (lignes[0], lignes[-1], len(lignes)) == ([lue], [249_999 * 7919], 249_999)
