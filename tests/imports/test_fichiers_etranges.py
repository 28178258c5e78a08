"""Odd and hostile files of the world: each gives its rows or one sentence. Skipped without ../shared."""

import csv
import resource
import time

import pytest
from django.conf import settings

from agents.imports import CIBLE_AGENTS
from nouvea_sst.imports.lecture.fichier import read_file
from nouvea_sst.imports.lecture.refus import FichierIllisible
from nouvea_sst.imports.moteur.analyse import Reglages, analyse_file

DONNEES = settings.BASE_DIR.parent / "shared" / "data"
NOMBRES = {"messy": 184, "malicious": 41}
# Another reader opens them, and finds sheets without a single filled cell.
SANS_CELLULE = {
    "calamine__issue127.xlsx", "calamine__issue343.xls", "calamine__issue_666_panic.xlsb",
    "calamine__misc_biff5_parsing.xls", "calamine__picture.xlsb", "calamine__picture.xlsx",
    "messytables__libreoffice.xlsx", "phpss__urlImage.bad.dontuse.xlsx", "poi__58760.xlsx",
    "poi__HeaderFooterComplexFormats.xlsx",
    "poi__clusterfuzz-testcase-minimized-POIXSSFFuzzer-5265527465181184.xlsx",
    "poi__empty.xls", "poi__sheetProtection_allLocked.xlsx", "poi__template.xlsx",
}  # fmt: skip
pytestmark = pytest.mark.skipif(not DONNEES.is_dir(), reason="../shared/data is not on this machine")


def read_elsewhere():
    """Names of the files that another reader opens."""
    with (DONNEES / "messy_baseline.csv").open(encoding="utf-8", newline="") as table:
        for ligne in csv.DictReader(table):
            if ligne["calamine_or_csv_probe"].startswith(("ok", "bom")) or ligne["openpyxl"].startswith("ok"):
                yield ligne["file"]


def peak(qui):
    return resource.getrusage(qui).ru_maxrss // 1024


@pytest.mark.parametrize("dossier", NOMBRES)
def test_each_file_gives_its_rows_or_one_sentence(dossier):
    chemins = sorted(p for p in (DONNEES / dossier).iterdir() if p.is_file())
    assert len(chemins) == NOMBRES[dossier]
    donnent, refuses, durees = set(), {}, {}
    for chemin in chemins:
        debut = time.monotonic()
        try:
            lu = read_file(chemin.read_bytes(), settings.IMPORT_TAILLE_MAX)
        except FichierIllisible as refus:
            refuses[chemin.name] = str(refus)
        else:
            assert all(feuille.lignes and feuille.lignes[-1] for feuille in lu.feuilles), chemin.name
            donnent.add(chemin.name)
        durees[chemin.name] = time.monotonic() - debut
    lent = max(durees, key=lambda nom: durees[nom])
    print(  # noqa: T201 the figures of the note
        f"\n{dossier}: {len(donnent)} give rows, {len(refuses)} refused; "
        f"slowest {lent} {durees[lent]:.1f} s; "
        f"peak {peak(resource.RUSAGE_SELF)} MB, children {peak(resource.RUSAGE_CHILDREN)} MB"
    )
    assert all(phrase.endswith(".") and phrase.count("\n") == 0 for phrase in refuses.values())
    vides = {nom for nom, phrase in refuses.items() if phrase == "Le classeur ne contient aucune ligne."}
    assert refuses.keys() & set(read_elsewhere()) <= SANS_CELLULE
    assert vides == SANS_CELLULE & {chemin.name for chemin in chemins}


@pytest.mark.parametrize("dossier", NOMBRES)
def test_what_is_read_is_recognised_or_refused(dossier):
    for chemin in sorted(p for p in (DONNEES / dossier).iterdir() if p.is_file()):
        try:
            analyse = analyse_file(CIBLE_AGENTS, chemin.read_bytes(), Reglages())
        except FichierIllisible as refus:
            assert str(refus).endswith("."), chemin.name
        else:
            assert analyse.lignes, chemin.name
