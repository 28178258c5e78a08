"""Every component on one page: strict variables, no accessibility fault, the same on a phone."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string

from nouvea_sst.galerie import composants
from nouvea_sst.lib.etats import all_enums
from tests.gardes.navigateur import BUREAU, TELEPHONE, accessibility_faults

pytestmark = pytest.mark.urls("tests.urls_galerie")


@pytest.fixture
def visitor(rf):
    request = rf.get("/composants/")
    request.user = AnonymousUser()
    request.resolver_match = None
    request.htmx = False
    return request


def test_every_component_renders_and_every_state_is_shown(visitor):
    html = composants(visitor).content.decode()
    for enum in all_enums():
        for member in enum:
            assert member.label in html
    assert "style=" not in html


@pytest.mark.parametrize("modele", ["404.html", "403.html", "400.html", "403_csrf.html", "500.html"])
def test_error_pages_say_what_happened_and_give_a_way_out(visitor, modele):
    contexte = {"exception": "", "numero": "E-7K4Q", "gardee": None}
    html = render_to_string(modele, contexte, visitor)
    assert html.count("<h1>") == 1
    assert 'class="btn btn-primary"' in html


@pytest.mark.parametrize(
    "gardee, mots", [(True, "Retrouver ma saisie"), (False, "rechargez-la")], ids=["gardee", "perdue"]
)
def test_an_outdated_form_says_what_became_of_what_was_typed(visitor, gardee, mots):
    html = render_to_string("403_csrf.html", {"gardee": gardee}, visitor)
    assert mots in html and html.count('class="btn btn-primary"') == 1


def test_a_failure_needs_neither_request_nor_context():
    assert "E-7K4Q" in render_to_string("500.html", {"numero": "E-7K4Q"})


def test_a_refusal_may_say_its_reason(visitor):
    html = render_to_string("403.html", {"exception": "Les notes sont réservées <au> médecin"}, visitor)
    assert "<h1>Les notes sont réservées &lt;au&gt; médecin</h1>" in html


@pytest.mark.parametrize("viewport", [BUREAU, TELEPHONE], ids=["bureau", "telephone"])
def test_the_gallery_has_no_accessibility_fault_and_does_not_overflow(page_de, viewport):
    page = page_de(viewport=viewport)
    page.goto("/composants/")
    assert accessibility_faults(page) == []
    for summary in page.query_selector_all("main details:not(.menu) > summary"):
        summary.evaluate("s => { s.parentElement.open = true }")
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
