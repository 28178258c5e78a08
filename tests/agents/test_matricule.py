"""The matricule in its three forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.rules.matricule import (
    PREFIXES,
    Matricule,
    MatriculeInvalide,
    matricule_forms,
    parse_matricule,
    search_matricule,
)


@pytest.mark.parametrize(
    "texte, attendu",
    [
        ("4127", Matricule("4127")),
        ("9004127", Matricule("4127", "90")),
        ("904127", Matricule("4127", "90")),
        (" 900 4127 ", Matricule("4127", "90")),
        ("9\u00a0004\u202f127", Matricule("4127", "90")),
        ("38", Matricule("0038")),
        ("0038", Matricule("0038")),
        ("9000038", Matricule("0038", "90")),
        ("900038", Matricule("0038", "90")),
        ("12345", Matricule("12345")),
        ("9012345", Matricule("12345", "90")),
        ("4004127", Matricule("4127", "40")),
        ("5004127", Matricule("4127", "50")),
        ("404127", Matricule("4127", "40")),
        ("007002", Matricule("7002")),
        ("00007002", Matricule("7002")),
        ("0012345", Matricule("12345")),
        ("0009004127", Matricule("4127", "90")),
        ("7002.0", Matricule("7002")),
        ("7002,00", Matricule("7002")),
        ("9004127.0", Matricule("4127", "90")),
        ("'7002", Matricule("7002")),
    ],
)
def test_every_form_gives_the_payroll_number(texte, attendu):
    assert parse_matricule(texte) == attendu


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "   ",
        "abc",
        "41A7",
        "0",
        "0000",
        "900000",
        "9000000",
        "800412",
        "7004127",
        "12345678",
        "-412",
        "7002.5",
        "1.000",
        "00800412",
        "٤١٢٧",
    ],
)
def test_anything_else_is_refused_with_what_is_expected(texte):
    with pytest.raises(MatriculeInvalide) as refus:
        parse_matricule(texte)
    assert "atricule" in str(refus.value)
    assert search_matricule(texte) == ""


def test_search_box_takes_any_form():
    assert {search_matricule(t) for t in ("4127", "9004127", "904127")} == {"4127"}


def test_forms_are_written_as_the_three_systems_write_them():
    assert matricule_forms("4127") == ("4127", "9004127", "904127")
    assert matricule_forms("0038", "40") == ("0038", "4000038", "400038")
    assert matricule_forms("12345") == ("12345", "9012345")
    assert matricule_forms("A12") == ("A12",)


@given(st.integers(1, 99_999), st.sampled_from(PREFIXES))
def test_each_written_form_is_read_back(nombre, prefixe):
    numero = str(nombre).zfill(4)
    assert {parse_matricule(forme).numero for forme in matricule_forms(numero, prefixe)} == {numero}
