"""Folded text, numbers of records, spreadsheets, PDF."""

import datetime
import io
from decimal import Decimal

import pytest
from django.db import connection
from openpyxl import load_workbook
from pypdf import PdfReader

from nouvea_sst.lib.numeros import next_number
from nouvea_sst.lib.pdf import is_pdf_possible, make_pdf
from nouvea_sst.lib.texte import fold
from nouvea_sst.lib.xlsx import clean_cell, write_xlsx
from signalements.models import Action


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("  Éloi  D’ARTAGNAN-Béa ", "eloi d artagnan bea"),
        ("Œillet", "oeillet"),
        ("Wéa", "wea"),
        ("N’GUYEN", "n guyen"),
        ("", ""),
        ("Straße", "strasse"),
    ],
)
def test_fold(texte, attendu):
    assert fold(texte) == attendu


@pytest.mark.parametrize("texte", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=x", "\r=x"])
def test_text_never_becomes_a_formula(texte):
    assert str(clean_cell(texte)).startswith("'")


@pytest.mark.parametrize("valeur", [-3, 2.5, Decimal("-1.5"), None, True, datetime.date(2026, 1, 1)])
def test_numbers_and_dates_keep_their_type(valeur):
    assert clean_cell(valeur) == valeur


def test_workbook_has_real_types():
    contenu = write_xlsx(
        titre="Agents [x]/2026", colonnes=["Nom", "=1+1", "Jours"],
        lignes=iter([["=A1", datetime.date(1974, 11, 24), 43], ["Kaloi\x00", None, -1]]),
    )  # fmt: skip
    feuille = load_workbook(io.BytesIO(contenu)).active
    assert [c.value for c in feuille[1]] == ["Nom", "'=1+1", "Jours"]
    assert feuille["A2"].value == "'=A1"
    assert feuille["A2"].data_type == "s"
    assert feuille["B2"].value == datetime.datetime(1974, 11, 24)  # noqa: DTZ001
    assert feuille["C3"].value == -1
    assert feuille["A3"].value == "Kaloi"
    assert feuille.freeze_panes == "A2"


def test_workbook_writes_moments_as_the_clock_of_noumea_showed_them():
    recu = datetime.datetime(2026, 11, 23, 14, 5, tzinfo=datetime.UTC)
    contenu = write_xlsx(titre="x", colonnes=["Reçu le", "Heure"], lignes=[[recu, datetime.time(8, 30)]])
    feuille = load_workbook(io.BytesIO(contenu)).active
    assert feuille["A2"].value == datetime.datetime(2026, 11, 24, 1, 5)  # noqa: DTZ001
    assert feuille["A2"].number_format == "dd/mm/yyyy hh:mm"
    assert feuille["B2"].value == datetime.time(8, 30)
    assert feuille["B2"].number_format == "hh:mm"


@pytest.mark.django_db
def test_numbers_follow_each_other_inside_a_year():
    def add(annee):
        numero = next_number(Action, "PA", annee)
        jour = datetime.date(annee, 1, 1)
        return Action.objects.create(
            numero=numero, intitule="x", origine="chct", creee_le=jour, echeance=jour
        ).numero

    assert [add(2026), add(2026), add(2027), add(2026)] == [
        "PA-2026-0001", "PA-2026-0002", "PA-2027-0001", "PA-2026-0003",
    ]  # fmt: skip
    with connection.cursor() as curseur:
        curseur.execute(
            "UPDATE signalements_action SET numero = 'PA-2026-12345' WHERE numero = 'PA-2026-0003'"
        )
    assert next_number(Action, "PA", 2026) == "PA-2026-12346"


@pytest.mark.skipif(not is_pdf_possible(), reason="pango absent : aucun PDF sur cette machine")
def test_pdf_is_tagged_in_french_and_opens_nothing_outside(tmp_path, caplog):
    dehors = tmp_path / "secret.txt"
    dehors.write_text("secret-du-disque")
    html = (
        "<html lang='fr'><head><title>Essai</title></head><body><h1>Essai</h1>"
        f"<img alt='a' src='http://127.0.0.1:9/x.png'><img alt='b' src='{dehors.as_uri()}'>"
        f"<a rel='attachment' href='{dehors.as_uri()}'>c</a>"
        "<img alt='d' src='../pyproject.toml'></body></html>"
    )
    contenu, pages = make_pdf(html, titre="Essai")
    lu = PdfReader(io.BytesIO(contenu))
    assert pages == len(lu.pages) == 1
    assert lu.trailer["/Root"]["/Lang"] == "fr"
    assert lu.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert not lu.attachments
    assert caplog.text.count("ValueError") >= 2
