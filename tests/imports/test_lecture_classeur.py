"""Workbooks: sheets, types, and what is refused before it is opened."""

import datetime
import io
import zipfile

import pytest

from nouvea_sst.imports.lecture.classeur import RAPPORT_MAX
from nouvea_sst.imports.lecture.fichier import read_file
from nouvea_sst.imports.lecture.refus import FichierIllisible
from tests.imports.fichiers import make_archive, make_xlsx

MAX = 1024 * 1024
BOMBE = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">
<c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"""


def test_cells_keep_their_types_and_rows_their_numbers():
    jour = datetime.datetime(1980, 3, 12)  # noqa: DTZ001 as a workbook has it
    lu = read_file(make_xlsx([["Registre"], [], ["Nom", "Né le", "N"], ["SAO", jour, 3120]]), "r.xlsx", MAX)
    assert lu.format == "xlsx"
    assert lu.feuilles[0].lignes == [["Registre"], [], ["Nom", "Né le", "N"], ["SAO", jour, 3120]]


def test_empty_sheets_are_left_out():
    lu = read_file(make_xlsx([["Nom"]], feuilles=[[], [["Notice"]]]), "r.xlsx", MAX)
    assert [f.lignes for f in lu.feuilles] == [[["Notice"]], [["Nom"]]]


def test_workbook_without_a_row_is_refused():
    with pytest.raises(FichierIllisible, match="aucune ligne"):
        read_file(make_xlsx([]), "r.xlsx", MAX)


@pytest.mark.parametrize(
    "fichiers, extrait",
    [
        ({"xl/vbaProject.bin": b"x", "[Content_Types].xml": b"x"}, "à macros"),
        ({"xl/workbook.bin": b"x", "[Content_Types].xml": b"x"}, "xlsb"),
        ({"content.xml": b"x", "mimetype": b"x"}, "OpenDocument"),
        ({"word/document.xml": b"x", "[Content_Types].xml": b"x"}, "Word"),
        ({"a.csv": b"Nom;Prenom"}, "archive"),
        ({"[Content_Types].xml": b"<Types/>"}, "abîmé"),
    ],
)
def test_other_archives_are_refused_by_name(fichiers, extrait):
    with pytest.raises(FichierIllisible, match=extrait):
        read_file(make_archive(fichiers), "r.xlsx", MAX)


def test_cut_workbook_is_refused():
    with pytest.raises(FichierIllisible, match="abîmé"):
        read_file(make_xlsx([["Nom"]])[:-60], "r.xlsx", MAX)


def test_bomb_is_not_opened():
    bombe = make_archive({"[Content_Types].xml": b"x", "xl/worksheets/sheet1.xml": b"0" * (3 * MAX)})
    assert len(bombe) * RAPPORT_MAX < 3 * MAX
    with pytest.raises(FichierIllisible, match="anormalement comprimé"):
        read_file(bombe, "r.xlsx", MAX)


def test_entities_of_a_sheet_are_not_expanded():
    sain = make_xlsx([["Nom", "Prénom"], ["SAO", "Anne"]])
    sortie = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sain)) as source, zipfile.ZipFile(sortie, "w") as cible:
        for nom in source.namelist():
            cible.writestr(nom, BOMBE if nom.startswith("xl/worksheets/") else source.read(nom))
    with pytest.raises(FichierIllisible, match="abîmé"):
        read_file(sortie.getvalue(), "r.xlsx", MAX)
