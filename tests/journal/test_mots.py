"""What the journal calls a page: its title, on every page that shows a line."""

import io

import openpyxl
import pytest

from nouvea_sst.comptes.models import LigneJournal
from tests.agents.factories import AgentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def refus(client_de):
    """A page that its reader may not open."""
    client_de("preventeur").get(f"/agents/{AgentFactory().pk}/absences/")
    ligne = LigneJournal.objects.get(acte="acces.refuse")
    assert ligne.objet_libelle == "agents:absences"
    return ligne


@pytest.mark.parametrize("adresse", ["/", "/journal/", "/journal/?vue=refus", "/journal/{}/"])
def test_refused_page_is_named_by_its_title(client_de, refus, adresse):
    page = client_de("auditeur").get(adresse.format(refus.pk)).content.decode()
    assert "Absences d’un agent" in page and "agents:absences" not in page


def test_refused_page_is_named_by_its_title_in_the_workbook(client_de, refus):
    reponse = client_de("auditeur").get("/journal/?format=xlsx&vue=refus")
    cases = [c.value for rang in openpyxl.load_workbook(io.BytesIO(reponse.content)).active for c in rang]
    assert "Absences d’un agent" in cases and "agents:absences" not in cases
