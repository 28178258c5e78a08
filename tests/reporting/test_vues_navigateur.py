"""Saving a view, choosing columns and taking a view back, by hand in a real browser."""

import pytest
from django.urls import reverse

from reporting.models import VueEnregistree
from tests.agents.remplissage import fill_agents
from tests.gardes.navigateur import BUREAU, TELEPHONE, accessibility_faults

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("viewport", [BUREAU, TELEPHONE], ids=["bureau", "telephone"])
def test_a_view_is_saved_its_columns_chosen_and_its_deletion_undone(page_de, viewport):
    fill_agents(30)
    page = page_de(viewport=viewport)
    page.goto(reverse("agents:liste"))
    page.click(".table-foot .menu summary")
    page.uncheck("[name=colonnes][value=poste]")
    page.click("text=Montrer ces colonnes")
    page.click(".views-bar summary")
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
    page.fill("#vue-nom", "Sans les postes")
    page.click("text=Enregistrer la vue")
    page.wait_for_selector(".views [aria-current] >> text=Sans les postes")
    assert page.query_selector("thead >> text=Poste") is None
    page.click(".views-bar summary")
    page.click("text=Supprimer la vue")
    page.click("text=Garder la vue")
    page.wait_for_selector("text=est gardée")
    assert VueEnregistree.objects.get().supprimee_le is None
