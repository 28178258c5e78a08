"""Every list of the house exports dates as dates and hours as hours; what is empty stays empty."""

import io
import re

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.architecture.test_listes import TESTEES

pytestmark = pytest.mark.django_db
CLASSEURS = {nom: liste for nom, liste in TESTEES.items() if "?format=xlsx" in liste.formats}
JOUR = r"(\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2})"
HEURE = r"\d{1,2}:\d{2}(:\d{2})?"
TEXTE_DATE = re.compile(rf"{JOUR}|{HEURE}|{JOUR}\D{{1,4}}{HEURE}|{JOUR} – {JOUR}|[—–-]")


def read_texts(contenu: bytes) -> list[tuple[str, str]]:
    """Head and text of each cell below the head that holds text."""
    tetes, *lignes = load_workbook(io.BytesIO(contenu)).active.iter_rows(values_only=True)
    assert lignes, "the list is empty: nothing is proved"
    return [(t, v) for ligne in lignes for t, v in zip(tetes, ligne, strict=True) if isinstance(v, str)]


@pytest.mark.parametrize("nom", CLASSEURS)
def test_no_cell_is_a_date_written_as_text(client_de, nom):
    liste = CLASSEURS[nom]
    client = client_de(liste.role)
    adresse = reverse(nom, kwargs=liste.fabrique(5) or {})
    tous = {"vue": "tous"} if nom == "signalements:liste" else {}
    reponse = client.get(adresse, {"format": "xlsx"} | tous)
    fautes = [(t, v) for t, v in read_texts(reponse.content) if TEXTE_DATE.fullmatch(v.strip())]
    assert fautes == []


@pytest.mark.parametrize(
    "texte, faute",
    [
        ("24/11/2026", True),
        ("2026-11-24", True),
        ("24/11/2026 à 10:52", True),
        ("08:30", True),
        ("—", True),
        ("01/01/2026 – 30/06/2026", True),
        ("S-2026-0412", False),
        ("12 j de retard", False),
        ("Faite le 24/11/2026 sur place", False),
    ],
)
def test_what_passes_for_a_date_written_as_text(texte, faute):
    assert bool(TEXTE_DATE.fullmatch(texte)) is faute
