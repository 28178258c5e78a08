"""The two libraries that know workbooks, as one: the names of sheets and, after each, its rows."""

import warnings
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

import python_calamine
from openpyxl import load_workbook

from nouvea_sst.imports.lecture.feuille import Feuille

LIGNES_EXCEL = 1_048_576
Lecture = Iterator[Feuille | list[Any]]


def read_with_openpyxl(source: BinaryIO) -> Lecture:
    """Yield the sheets and rows of an xlsx or xlsm; of a formula, the value it had when it was saved."""
    # openpyxl warns about styles and extensions that it leaves aside: they hold no rows.
    warnings.simplefilter("ignore")
    classeur = load_workbook(source, read_only=True, data_only=True, keep_links=False)
    for feuille in classeur.worksheets:
        yield Feuille(feuille.title, masquee=feuille.sheet_state != "visible")
        # The announced size may be wrong or huge: count the rows that are there.
        feuille.reset_dimensions()
        # A row may claim any number, and the blank ones before it are given: none stands lower than this.
        for ligne in islice(feuille.iter_rows(values_only=True), LIGNES_EXCEL):
            yield list(ligne)


def read_with_calamine(source: BinaryIO) -> Lecture:
    """Yield the sheets and rows of an xls, xlsb, ods or xlsx.

    A cell in error is empty in them: the library keeps no trace of it.
    """
    classeur = python_calamine.load_workbook(source)
    for fiche in classeur.sheets_metadata:
        if fiche.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        yield Feuille(fiche.name, masquee=fiche.visible != python_calamine.SheetVisibleEnum.Visible)
        feuille = classeur.get_sheet_by_name(fiche.name)
        # The blank rows at the top are given, the blank columns at the left are not.
        gauche = feuille.start[1] if feuille.start else 0
        for ligne in islice(feuille.iter_rows(), LIGNES_EXCEL):
            yield [None] * gauche + ligne
