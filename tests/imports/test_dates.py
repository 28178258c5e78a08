"""Dates as files write them."""

import datetime

import pytest

from nouvea_sst.imports.rules.conversion import date_orders
from nouvea_sst.imports.rules.dates import DateInvalide, Ordre, find_order, looks_like_date, parse_date

JOUR = datetime.date(2019, 3, 12)


@pytest.mark.parametrize(
    "valeur",
    [
        "12/03/2019",
        "12-03-2019",
        "12.3.2019",
        "12 03 2019",
        "12/03/19",
        "12/03/2019 00:00",
        "2019-03-12",
        "2019-03-12T00:00:00",
        "2019/03/12",
        "20190312",
        20190312,
        20190312.0,
        "43536",
        43536,
        "12 mars 2019",
        "12-mars-19",
        JOUR,
        datetime.datetime(2019, 3, 12, 9, 30, tzinfo=datetime.UTC),
    ],
)
def test_forms_of_a_day(valeur):
    assert parse_date(valeur) == JOUR


@pytest.mark.parametrize("texte", ["1er août 1975", "1 aout 75", "1-août-1975", "1 Aug 1975", "01/08/75"])
def test_months_in_words(texte):
    assert parse_date(texte) == datetime.date(1975, 8, 1)


def test_american_order():
    assert parse_date("03/12/2019", Ordre.MJA) == JOUR
    assert parse_date("2019-03-12", Ordre.MJA) == JOUR


@pytest.mark.parametrize(
    "valeur",
    [
        None,
        "",
        "0",
        0,
        "00000000",
        "0001-01-01",
        "0001-01-01 00:00:00",
        "01/01/0001",
        "9999-12-31",
        datetime.date(1, 1, 1),
    ],
)
def test_what_legacy_files_write_for_no_date(valeur):
    assert parse_date(valeur) is None


@pytest.mark.parametrize(
    "texte", ["31/02/2024", "30/02/2024", "29/02/2023", "00/05/2020", "12/13/2019", "20191332"]
)
def test_days_that_do_not_exist(texte):
    with pytest.raises(DateInvalide, match="n’existe pas"):
        parse_date(texte)


def test_leap_day_exists():
    assert parse_date("29/02/2024") == datetime.date(2024, 2, 29)
    assert parse_date("29/02/2000") == datetime.date(2000, 2, 29)


@pytest.mark.parametrize("texte", ["demain", "12/2019", "1/2/3/4", "12 brumaire 2019", "123"])
def test_other_texts_are_no_dates(texte):
    with pytest.raises(DateInvalide, match="pas une date"):
        parse_date(texte)


@pytest.mark.parametrize("texte", ["12/03/1780", "12/03/2201", "01/01/1899"])
def test_unlikely_years_are_refused(texte):
    with pytest.raises(DateInvalide, match="vraisemblable"):
        parse_date(texte)


@pytest.mark.parametrize("pivot, attendu", [(50, 2026), (10, 1926)])
def test_two_digit_years_turn_at_the_pivot(pivot, attendu):
    assert parse_date("01/01/26", pivot=pivot) == datetime.date(attendu, 1, 1)


@pytest.mark.parametrize(
    "valeurs, attendu",
    [
        (["01/02/2020", "25/12/2019"], Ordre.JMA),
        (["01/02/2020", "12/25/2019"], Ordre.MJA),
        (["01/02/2020", "03/04/2020", ""], None),
        (["13/01/2020", "01/13/2020"], None),
        (["13/01/2020", "14/01/2020", "01/13/2020"], Ordre.JMA),
        (["2020-01-13", None, 44000], None),
        ([], None),
    ],
)
def test_order_is_proved_by_the_whole_column(valeurs, attendu):
    assert find_order(valeurs) == attendu


def test_a_column_that_proves_nothing_follows_the_others():
    ordres, commun, prouve = date_orders(
        {0: ["01/02/2020"], 1: ["12/25/2019"], 2: ["25/12/2019"], 3: ["1/31/2019"]}
    )
    assert ordres == {0: Ordre.MJA, 1: Ordre.MJA, 2: Ordre.JMA, 3: Ordre.MJA}
    assert (commun, prouve) == (Ordre.MJA, True)


def test_a_file_that_proves_nothing_is_french_and_says_so():
    assert date_orders({0: ["01/02/2020"]}) == ({0: Ordre.JMA}, Ordre.JMA, False)


def test_order_imposed_by_a_person():
    assert date_orders({0: ["25/12/2019"]}, "mja") == ({0: Ordre.MJA}, Ordre.MJA, True)


@pytest.mark.parametrize(
    "valeur, oui", [("31/02/2024", True), (JOUR, True), ("2019-1-1", True), ("4127", False), (None, False)]
)
def test_shape_of_a_date(valeur, oui):
    assert looks_like_date(valeur) is oui
