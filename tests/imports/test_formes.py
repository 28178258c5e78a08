"""Every target reads the same from a workbook of any kind as from the text that it was written from."""

import csv
import datetime
import io
import re
from xml.sax.saxutils import escape

import pytest
from django.core.management import call_command
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from nouvea_sst.imports.cibles import targets
from nouvea_sst.imports.moteur.analyse import Reglages
from nouvea_sst.imports.moteur.plan import build_plan
from tests.imports.fichiers import make_ods, make_xls, make_xlsx

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)
ORIGINES = {False: datetime.date(1899, 12, 30), True: datetime.date(1904, 1, 1)}
ISO = re.compile(r"\d{4}-\d\d-\d\d")
# The small xls of our making holds no more cells.
CELLULES_XLS = 180


def typed(texte):
    """A day as a day, a number as a number."""
    if ISO.fullmatch(texte):
        return datetime.date.fromisoformat(texte)
    return int(texte) if texte.isdecimal() and (texte == "0" or texte[0] != "0") else texte


def as_xlsx_1904(lignes):
    classeur = Workbook()
    classeur.epoch = CALENDAR_MAC_1904
    for ligne in lignes:
        classeur.active.append([None if cellule == "" else cellule for cellule in ligne])
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def as_ods(lignes):
    return make_ods(
        {"Feuille": "".join(f"<table:table-row>{''.join(map(cell, li))}</table:table-row>" for li in lignes)}
    )


def cell(valeur):
    if isinstance(valeur, datetime.date):
        return f'<table:table-cell office:value-type="date" office:date-value="{valeur}"/>'
    if isinstance(valeur, int):
        return f'<table:table-cell office:value-type="float" office:value="{valeur}"/>'
    return (
        f'<table:table-cell office:value-type="string"><text:p>{escape(valeur)}</text:p></table:table-cell>'
    )


def as_xls(lignes, depuis_1904=False):
    lignes = lignes[: 1 + max(2, CELLULES_XLS // len(lignes[0]))]
    cellules = []
    for rang, ligne in enumerate(lignes):
        for colonne, valeur in enumerate(ligne):
            if isinstance(valeur, datetime.date):
                valeur = ("date", float((valeur - ORIGINES[depuis_1904]).days))
            if valeur != "":
                cellules.append((rang, colonne, valeur))
    return make_xls(cellules, depuis_1904=depuis_1904)


FORMES = {
    "xlsx": make_xlsx,
    "xlsx of 1904": as_xlsx_1904,
    "ods": as_ods,
    "xls": as_xls,
    "xls of 1904": lambda lignes: as_xls(lignes, depuis_1904=True),
}


def test_each_target_is_unchanged_whatever_the_file(tmp_path, settings, decompte):
    settings.VAR = tmp_path
    call_command("charger_referentiel", verbosity=0)
    options = {"agents": 50, "annees": 2, "graine": 1, "jour": JOUR}
    call_command("peupler", fichiers=tmp_path / "ville", stdout=io.StringIO(), **options)
    call_command("importer", str(tmp_path / "ville"), stdout=io.StringIO())
    codes = {cible.fichier: code for code, cible in targets().items()}
    for chemin in sorted((tmp_path / "ville").iterdir()):
        with chemin.open(encoding="utf-8", newline="") as fichier:
            tete, *corps = csv.reader(fichier, delimiter=";")
        lignes = [tete, *([typed(cellule) for cellule in ligne] for ligne in corps[:60])]
        for forme, ecrire in FORMES.items():
            plan = build_plan(targets()[codes[chemin.name]], ecrire(lignes), Reglages(), JOUR)
            nombres = plan.counts()
            assert 0 < nombres["lignes"] == nombres["inchanges"], f"{chemin.name} en {forme} : {nombres}"
            decompte[forme] = decompte.get(forme, 0) + nombres["lignes"]
