"""The personnel file in a real browser: axe, both widths; an absence entered with the keyboard alone."""

import pytest

from agents.models import Absence
from tests.agents.factories import AbsenceFactory, AffectationFactory, AgentFactory, TypeAbsenceFactory
from tests.gardes.navigateur import BUREAU, TELEPHONE, accessibility_faults

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("viewport", [BUREAU, TELEPHONE], ids=["bureau", "telephone"])
def test_pages_are_accessible(page_de, viewport):
    absence = AbsenceFactory(agent=AgentFactory(nom="Kaloi"))
    AffectationFactory(agent=absence.agent)
    page = page_de("coordinateur", viewport=viewport)
    cle = absence.agent_id
    for adresse in (
        "/agents/",
        "/agents/?q=personne",
        "/agents/ajouter/",
        "/agents/structures/",
        "/agents/postes/",
        f"/agents/{cle}/",
        f"/agents/{cle}/corriger/",
        f"/agents/{cle}/affectations/ajouter/",
        f"/agents/{cle}/absences/",
        f"/agents/{cle}/absences/ajouter/",
        f"/agents/{cle}/absences/{absence.pk}/supprimer/",
    ):
        page.goto(adresse)
        assert accessibility_faults(page) == [], adresse


def test_absence_is_entered_with_the_keyboard(page_de):
    agent = AgentFactory(nom="Kaloi")
    TypeAbsenceFactory(libelle="Maladie")
    page = page_de("rh")
    page.goto(f"/agents/{agent.pk}/absences/ajouter/")
    page.get_by_label("Type").focus()
    page.keyboard.type("Maladie")
    page.keyboard.press("Tab")
    page.keyboard.type("02/11/2026")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("04/11/2026")
    page.keyboard.press("Control+Enter")
    page.get_by_text("L’absence est enregistrée.").wait_for()
    absence = Absence.objects.get()
    assert (str(absence.date_debut), absence.debut_apres_midi, str(absence.date_fin)) == (
        "2026-11-02",
        True,
        "2026-11-04",
    )
