"""Formulas of metier.md §6.2, on its own vectors and on 1,008 published rates."""

import csv
import sys
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.conf import settings

from agents.enums import FamilleAbsence
from nouvea_sst.lib.affichage import format_number
from reporting.rules.indicateurs import (
    COMPRESSIBLE,
    EFFECTIF,
    GLOBAL,
    MEDICAL,
    TF1,
    VARIANTES,
    compute_absenteisme,
    compute_actions_a_temps,
    compute_duree_moyenne,
    compute_if,
    compute_tf1,
    compute_tf2,
    compute_tf3,
    compute_tg,
    compute_visites_a_jour,
    count,
)
from reporting.rules.taux import Comparaison, Definition, Sens, compute_taux

PUBLIES = settings.BASE_DIR.parent / "shared" / "data" / "aggregates" / "canada_lp_injuries_2008-2014.csv"
HEURES = 2_480_000


def rounded(taux, decimales=2):
    """Return the value as it is shown."""
    return taux.valeur.quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_UP)


@pytest.mark.parametrize(
    "taux, attendu, decimales",
    [
        (compute_tf1(12, HEURES), "4.84", 2),
        (compute_tf2(30, HEURES), "12.10", 2),
        (compute_tf3(35, HEURES), "14.11", 2),
        (compute_tg(410, HEURES), "0.17", 2),
        (compute_if(12, 1600), "7.5", 1),
        (compute_duree_moyenne(410, 12), "34.2", 1),
        (compute_absenteisme("global", {FamilleAbsence.MALADIE: 43_800}, 365, 1600), "7.5", 1),
        (compute_visites_a_jour(1408, 1600), "88.0", 1),
        (compute_actions_a_temps(5, 8), "62.5", 1),
    ],
)
def test_vectors(taux, attendu, decimales):
    assert rounded(taux, decimales) == Decimal(attendu)


def test_a_rate_carries_what_it_was_made_of():
    taux = compute_tf1(12, HEURES)
    assert (taux.numerateur, taux.denominateur, taux.definition) == (12, HEURES, TF1)
    assert taux.valeur == Decimal(12_000_000) / HEURES, "rounding is for display"


@pytest.mark.parametrize(
    "taux, raison",
    [
        (compute_tf1(3, 0), "rien à quoi rapporter ce nombre"),
        (compute_tf1(3, None, "heures de mai 2026 non saisies"), "heures de mai 2026 non saisies"),
        (compute_tf1(3, None), "donnée inconnue"),
        (compute_if(0, 0), "rien à quoi rapporter ce nombre"),
        (compute_duree_moyenne(12, 0), "rien à quoi rapporter ce nombre"),
        (count(EFFECTIF, None), "donnée inconnue"),
    ],
)
def test_without_divisor_there_is_no_value_but_a_reason(taux, raison):
    assert taux.valeur is None
    assert taux.raison == raison


def test_no_accident_is_a_rate_of_zero():
    assert compute_tf1(0, HEURES).valeur == 0


def test_display_rounds_half_up():
    assert format_number(compute_taux(TF1, 1, 200).valeur * 1000, 0) == "5"
    assert format_number(Decimal("2.5"), 0) == "3"
    assert format_number(Decimal("0.125"), 2) == "0,13"


@pytest.mark.parametrize("variante, attendu", [("compressible", 3), ("medical", 15), ("global", 127)])
def test_absenteeism_counts_the_families_of_its_variant(variante, attendu):
    poids = {
        FamilleAbsence.MALADIE: 1,
        FamilleAbsence.ACCIDENT: 2,
        FamilleAbsence.LONGUE: 4,
        FamilleAbsence.PROFESSIONNELLE: 8,
        FamilleAbsence.MATERNITE: 16,
        FamilleAbsence.ENFANT: 32,
        FamilleAbsence.AUTRE: 64,
    }
    assert compute_absenteisme(variante, poids, 1, 1).numerateur == attendu


def test_every_family_stands_in_the_widest_variant():
    assert set(FamilleAbsence) == GLOBAL
    assert COMPRESSIBLE < MEDICAL < GLOBAL
    assert len({definition.texte for definition, _ in VARIANTES.values()}) == 3


@pytest.mark.parametrize(
    "sens, actuel, avant, mieux",
    [
        (Sens.BAISSE, 3, 5, True),
        (Sens.BAISSE, 5, 3, False),
        (Sens.HAUSSE, 5, 3, True),
        (Sens.BAISSE, 3, 3, None),
        (Sens.NEUTRE, 3, 5, None),
        (Sens.BAISSE, None, 5, None),
    ],
)
def test_comparison_says_which_way_is_better(sens, actuel, avant, mieux):
    definition = Definition("essai", "Essai", "", sens=sens)
    assert Comparaison(count(definition, actuel), count(definition, avant)).mieux is mieux


def test_published_rates_come_out_to_two_decimals(capsys):
    if not PUBLIES.exists():
        pytest.skip("../shared n’est pas là : les taux publiés ne sont pas recalculés")
    verifies = 0
    with PUBLIES.open(encoding="utf8", newline="") as fichier:
        for ligne in csv.DictReader(fichier):
            for colonne, taux in published_rates(ligne):
                attendu = Decimal(ligne[colonne].replace(",", ""))
                assert rounded(taux) == attendu, (ligne["Industry"], ligne["Year"], colonne)
                verifies += 1
    with capsys.disabled():
        sys.stdout.write(f" {verifies} taux publiés recalculés ")
    assert verifies == 1008


def published_rates(ligne):
    """Yield each published column with our rate: « disabling » leaves deaths out, their rates do not."""
    n = {nom: int(valeur.replace(",", "")) for nom, valeur in ligne.items() if nom in ENTIERS}
    mortels, agents, heures = (n[nom] for nom in ENTIERS[1:4])
    graves, tous = n["Disabling Injuries"] + mortels, n["Total Injuries"]
    libre = Definition("libre", "Taux publié", "")
    yield "Disabling Injuries Incidence Rate (2)", compute_taux(libre, graves, agents, 100)
    yield "Injury Incidence Rate (3)", compute_taux(libre, tous, agents, 100)
    yield "Fatal Injuries Incidence Rate (4)", compute_taux(libre, mortels, agents, 100_000)
    yield "Disabling Injuries Frequency Rate (5)", compute_tf1(graves, heures)
    yield "Injury Frequency Rate (6)", compute_tf2(tous, heures)
    yield "Fatal Injury Frequency Rate (7)", compute_taux(libre, mortels, heures, 1_000_000_000)


ENTIERS = (
    "Disabling Injuries",
    "Fatal Injuries",
    "Total number of employees",
    "Total Hours Worked",
    "Total Injuries",
)
