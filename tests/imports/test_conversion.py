"""What the cells of legacy files say, by nature of the field."""

import datetime
from decimal import Decimal

import pytest

from nouvea_sst.imports.rules.cible import Champ, Nature
from nouvea_sst.imports.rules.conversion import Colonne, convert_cell
from nouvea_sst.imports.rules.ecarts import find_changes

FIN = Champ("date_fin", "Fin", Nature.DATE, fin_exclue=True)


def read(champ, cellule):
    return convert_cell(cellule, Colonne(0, champ.libelle, champ))


@pytest.mark.parametrize(
    "cellule", ["2024-07-01", "01/07/2024", "20240701", 20240701, datetime.date(2024, 7, 1)]
)
def test_an_end_that_the_file_excludes_is_stored_as_the_last_day(cellule):
    assert read(FIN, cellule) == datetime.date(2024, 6, 30)


@pytest.mark.parametrize(
    "cellule", ["0", 0, "", "   ", "0001-01-01", "0001-01-01 00:00:00", "00000000", None]
)
def test_no_date_is_no_date(cellule):
    assert read(FIN, cellule) is None


@pytest.mark.parametrize(
    ("cellule", "nombre"),
    [
        ("12,5", "12.5"),
        ("12.50", "12.50"),
        ("1 234,5", "1234.5"),
        (80, "80"),
        (0.5, "0.5"),
        ("-3", "-3"),
        ("80 %", "80"),
    ],
)
def test_numbers_take_a_comma_or_a_dot(cellule, nombre):
    assert read(Champ("taux", "Taux", Nature.DECIMAL), cellule) == Decimal(nombre)


@pytest.mark.parametrize("cellule", ["douze", "1,2,3", "NaN-", "1e99", "inf"])
def test_what_is_no_number_is_refused(cellule):
    with pytest.raises(ValueError, match="Un nombre est attendu"):
        read(Champ("taux", "Taux", Nature.DECIMAL), cellule)


@pytest.mark.parametrize(
    ("cellule", "oui"),
    [
        ("1", True),
        (1, True),
        ("O", True),
        ("oui", True),
        (True, True),
        ("0", False),
        ("N", False),
        (False, False),
    ],
)
def test_yes_and_no(cellule, oui):
    champ = Champ("prolongation", "Prolongation", Nature.OUI_NON)
    assert read(champ, cellule) is oui
    with pytest.raises(ValueError, match="oui ou non"):
        read(champ, "2")


@pytest.mark.parametrize(
    ("lu", "propre"),
    [
        ("CONGÃŠ   ", "CONGÊ"),
        ("É PRÃ‰VU", "É PRÉVU"),
        ("lâ€™agent", "l’agent"),
        ("Âge mûr", "Âge mûr"),
        ("TÊTE Ã LA", "TÊTE Ã LA"),
        ("œuvre  Ç", "œuvre Ç"),
    ],
)
def test_padding_goes_and_mojibake_is_mended_letter_by_letter(lu, propre):
    assert read(Champ("libelle", "Libellé"), lu) == propre


def test_an_empty_cell_empties_only_the_fields_that_say_so():
    connu = {"date_fin": datetime.date(2024, 6, 30), "poste": "Jardinier", "actif": True}
    lu = {"date_fin": None, "poste": None, "actif": False}
    assert find_changes(connu, lu, effacables={"date_fin"}) == {
        "date_fin": (connu["date_fin"], None),
        "actif": (True, False),
    }
